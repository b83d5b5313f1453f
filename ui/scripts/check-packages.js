// What the pages build on: permissive licences, and nothing from outside the registry. `.cargo/deny.toml` is the same
// for Rust. Known holes are asked of the registry where it answers; where it does not, this says so and passes.
import { spawnSync } from 'node:child_process';

const LICENCES = [
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    // Of data that only the checks read: the list of licences.
    'CC-BY-3.0',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MPL-2.0',
    // Of the typeface.
    'OFL-1.1',
    'Python-2.0',
];

/** Runs a program of `node_modules`; what it has to say is shown if it fails. */
function check(program, args) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], {
        encoding: 'utf8',
    });
    if (status === 0) return;
    console.error(`${stdout}${stderr}`);
    process.exitCode = 1;
}

check('license-checker-rseidelsohn/bin/license-checker-rseidelsohn.js', [
    '--excludePrivatePackages',
    '--summary',
    '--onlyAllow',
    LICENCES.join(';'),
]);
const lock = ['--path', 'package-lock.json', '--type', 'npm', '--allowed-hosts', 'npm'];
check('lockfile-lint/bin/lockfile-lint.js', [...lock, '--validate-https', '--validate-integrity']);

const audit = spawnSync('npm', ['audit', '--audit-level=high', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
});
let report;
try {
    report = JSON.parse(audit.stdout);
} catch {
    report = {};
}
if (!report.metadata) console.log('known holes of npm packages: not asked, the registry gives no answer');
else if (audit.status !== 0) {
    console.error(JSON.stringify(report.vulnerabilities, null, 2));
    process.exitCode = 1;
}
