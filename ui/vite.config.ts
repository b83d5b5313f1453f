import { existsSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, ProxyOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { guestPage, sharedWithGuest, WORKER } from './guest_page.ts';

/** Where a development server or a preview finds the real one. */
const server = process.env['BUKUTAMU_SERVER'] ?? 'http://127.0.0.1:8700';

/** One page per surface. */
const pages = ['kiosk', 'guru', 'admin', 'popup', 'mulai', 'tamu'];

/** The policy that the server sends with these pages. */
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const proxy: Record<string, ProxyOptions> = Object.fromEntries(
  ['/api', '/ws', '/healthz', '/readyz'].map((path) => [
    path,
    // The server lets a page open a socket only to where the page came from.
    { target: server, changeOrigin: true, ws: path === '/ws', headers: { origin: server } },
  ]),
);

/** Inserts `splash.html` into a page, so that something is on screen before its script runs. */
const splash: Plugin = {
  name: 'splash',
  transformIndexHtml: (page) =>
    page.replace('<!-- splash -->', readFileSync('src/shared/splash.html', 'utf8')),
};

/** What is Rust. */
const MODULES = ['src/kiosk/decode/decoder.wasm', 'src/host/browser/meja/luring.wasm'];

/** Stops the build if what is Rust is not built yet. */
const modules: Plugin = {
  name: 'modules',
  apply: (_, { mode }) => mode !== 'test',
  buildStart() {
    const missing = MODULES.find((module) => !existsSync(module));
    if (missing === undefined) return;
    this.error(`${missing} is not built yet: run \`cargo xtask pages\`, which builds it and these pages`);
  },
};

export default defineConfig({
  plugins: [svelte(), splash, modules, guestPage],
  server: { proxy },
  preview: { proxy, headers: { 'Content-Security-Policy': policy } },
  build: {
    target: 'es2022',
    // As files, never as `data:` addresses, which the policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        ...Object.fromEntries(pages.map((page) => [page, `${page}.html`])),
        [WORKER]: 'src/shared/offline/worker.ts',
      },
      output: {
        codeSplitting: { groups: [sharedWithGuest], includeDependenciesRecursively: false },
        // A service worker keeps its address, which bounds what it may serve.
        entryFileNames: ({ name }) => (name === WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], setupFiles: ['src/test_clock.ts', 'src/test_browser.ts'] },
});
