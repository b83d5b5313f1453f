// What a guest's phone loads before it shows a visit: the page, and all that it imports at its start, compressed.
// The typeface comes later, and only over a good line, but counts too.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MAX_BYTES = 100 * 1024;
const DIST = 'dist';

const worker = readFileSync(join(DIST, 'tamu-sw.js'), 'utf8');
const [listed] = /\{"version":"[^}]*\}/.exec(worker) ?? [];
if (!listed) throw new Error('the service worker names no files: run "npm run build"');
const typeface = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.woff2'));
const files = ['/tamu.html', ...JSON.parse(listed).files, ...typeface.map((name) => `/assets/${name}`)];

const sizes = files.map((file) => {
    const content = readFileSync(join(DIST, file));
    // A typeface is compressed by itself.
    return { file, bytes: file.endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length };
});
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
