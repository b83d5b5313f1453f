// Compares the generated types with what the committed document gives now.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const committed = 'src/api/schema.d.mts';
const folder = mkdtempSync(join(tmpdir(), 'bukutamu-ui-'));
try {
    const fresh = join(folder, 'schema.d.mts');
    const generator = 'node_modules/openapi-typescript/bin/cli.js';
    execFileSync(process.execPath, [generator, 'src/api/openapi.json', '--output', fresh], { stdio: 'pipe' });
    if (readFileSync(fresh, 'utf8') !== readFileSync(committed, 'utf8')) {
        console.error(`${committed} does not match src/api/openapi.json: run "npm run generate".`);
        process.exitCode = 1;
    }
} finally {
    rmSync(folder, { recursive: true });
}
