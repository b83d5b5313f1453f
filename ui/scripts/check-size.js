// What pages weigh, compressed.
//
// A guest's phone loads, before it shows a visit: the page, and all that it imports at its start. The typeface comes
// later, and only over a good line, but counts too. An admin loads the page, and one screen after the other; charts
// are loaded when they are looked at, and are told apart.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MAX_BYTES = 100 * 1024;
const MAX_ADMIN_BYTES = 250 * 1000;
const DIST = 'dist';

const worker = readFileSync(join(DIST, 'tamu-sw.js'), 'utf8');
const [listed] = /\{"version":"[^}]*\}/.exec(worker) ?? [];
if (!listed) throw new Error('the service worker names no files: run "npm run build"');
const typeface = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.woff2'));
const files = ['/tamu.html', ...JSON.parse(listed).files, ...typeface.map((name) => `/assets/${name}`)];

const sizes = files.map((file) => ({ file, bytes: bytesOf(file) }));
const sum = (rows) => rows.reduce((total, { bytes }) => total + bytes, 0);
const total = sum(sizes);
const text = sum(sizes.filter(({ file }) => !file.endsWith('.woff2')));
console.log(
    `the guest's page: ${text} bytes in ${files.length - typeface.length} files, ${total} with the typeface`,
);
if (total > MAX_BYTES) {
    for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) console.error(`${bytes}\t${file}`);
    console.error(
        `That is more than ${MAX_BYTES} bytes: load what a visit does not need at its start later.`,
    );
    process.exitCode = 1;
}

const admin = readFileSync(join(DIST, 'admin.html'), 'utf8');
const linked = [...admin.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file);
const [main] = linked;
const [surface] = lazyIn(main);
const first = new Set(['admin.html', ...linked, ...surface]);
const weigh = (list) => [...list].reduce((total, file) => total + bytesOf(file), 0);
const screens = lazyIn(surface[0]).map((needed) => ({
    screen: needed[0],
    bytes: weigh(new Set([...first, ...needed])),
}));
const largest = screens.sort((a, b) => b.bytes - a.bytes)[0];
const charts = readdirSync(join(DIST, 'assets')).filter((name) => /^chart-.*\.js$/.test(name));
console.log(
    `the admin's page: ${weigh(first)} bytes, ${largest.bytes} with ${largest.screen}, ` +
        `and ${weigh(charts.map((name) => `assets/${name}`))} where charts are looked at`,
);
if (charts.length !== 1 || screens.some(({ screen }) => screen.includes(charts[0]))) {
    console.error(
        `Charts are to be one file that no screen loads at its start: ${charts.join(', ') || 'none'}.`,
    );
    process.exitCode = 1;
}
if (largest.bytes > MAX_ADMIN_BYTES) {
    for (const { screen, bytes } of screens) console.error(`${bytes}\t${screen}`);
    console.error(
        `That is more than ${MAX_ADMIN_BYTES} bytes: load what a screen does not show at once later.`,
    );
    process.exitCode = 1;
}

/** A typeface is compressed by itself. */
function bytesOf(file) {
    const content = readFileSync(join(DIST, file));
    return file.endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length;
}

/** What each of a file's lazy imports loads: itself first, then all that it needs. */
function lazyIn(file) {
    const code = readFileSync(join(DIST, file), 'utf8');
    const [, named = ''] = /m\.f=\[([^\]]*)\]/.exec(code) ?? [];
    const known = named.split(',').map((name) => name.replaceAll('"', ''));
    const imports = [...code.matchAll(/import\([`"'][^`"']+[`"']\)[^[\]]*,__vite__mapDeps\(\[([\d,]*)\]\)/g)];
    return imports.map(([, places]) => places.split(',').map((place) => known[Number(place)]));
}
