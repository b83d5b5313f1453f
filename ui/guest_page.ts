/**
 * The guest's page knows the files that show a visit: it begins to load them with its HTML, and its service worker
 * keeps them.
 */
import { createHash } from 'node:crypto';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

export const WORKER = 'tamu-sw';

/** The kiosk, which goes on without a server with every screen that it has. */
const KIOSK_OPENS = ['kiosk.html', 'src/kiosk/surface.ts', 'host/browser/meja/meja.ts'];

/** What opens a visit's page. The parts that need a connection anyway are not among them. */
const OPENS = ['tamu.html', 'src/tamu/surface.ts'];

/** Where the guest's own modules stand, which no other surface loads. */
const OWN = 'src/tamu/';

/** All icons, of which a module takes a few by name. */
const ICONS = '/@lucide/svelte/dist/icons/';

/** Modules of others that a visit's page needs at its start. Known before files are made of modules. */
const needed = new Set<string>();

/**
 * One file holds them. Without it every screen elsewhere that takes an icon or a component of theirs would split
 * them further, and many small files compress worse.
 */
export const sharedWithGuest = { name: 'shared', test: (id: string): boolean => needed.has(id) };

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

export const guestPage: Plugin = {
  name: 'guest-page',
  apply: 'build',
  enforce: 'post',
  buildEnd() {
    needed.clear();
    const ids = [...this.getModuleIds()];
    const waiting = ids.filter(isOpening);
    const seen = new Set(waiting);
    const icons = new Set<string>();
    for (const id of waiting) {
      const { code, importedIds } = this.getModuleInfo(id) ?? { code: null, importedIds: [] };
      for (const name of iconsIn(code ?? '')) icons.add(name);
      if (!id.includes(OWN) && !isOpening(id)) needed.add(id);
      for (const imported of importedIds) {
        if (!seen.has(imported) && !imported.includes(ICONS)) waiting.push(imported);
        seen.add(imported);
      }
    }
    for (const id of ids) {
      const [, file] = id.split(ICONS);
      if (file && icons.has(file.replace(/\.\w+$/, ''))) needed.add(id);
    }
  },
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle, filename }) {
      if (!bundle || !filename.endsWith('tamu.html')) return [];
      return filesOf(bundle, OPENS)
        .filter((href) => !html.includes(href))
        .map(preload);
    },
  },
  // The files have their final names by then.
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const worker = bundle[`${WORKER}.js`];
      if (worker?.type !== 'chunk') return;
      if (worker.imports.length > 0) this.error('the service worker has to be one file');
      const kept = {
        tamu: keptPage(bundle, 'tamu', filesOf(bundle, OPENS)),
        kiosk: keptPage(bundle, 'kiosk', [...filesOf(bundle, KIOSK_OPENS), ...modulesOf(bundle)]),
      };
      worker.code = worker.code.replace('__KEPT_PAGES__', JSON.stringify(kept));
    },
  },
};

/** What the service worker keeps of a page. */
function keptPage(bundle: Bundle, surface: string, opening: string[]) {
  const files = [...opening, '/ikon.svg'];
  const page = bundle[`${surface}.html`];
  const markup = page?.type === 'asset' ? page.source : '';
  const version = createHash('sha256').update(files.join()).update(markup).digest('hex').slice(0, 12);
  return { version, page: `/${surface}`, files };
}

/** WebAssembly and its workers, the typeface, and the picture of the frame. */
function modulesOf(bundle: Bundle): string[] {
  const names = Object.keys(bundle).filter((name) =>
    /^assets\/(.*\.(wasm|svg|woff2)|worker-.*\.js)$/.test(name),
  );
  return names.sort().map((name) => `/${name}`);
}

function isOpening(id: string): boolean {
  return OPENS.some((name) => id.endsWith(name));
}

/** The files of the icons that a module imports by name: `calendar-x-2` for `CalendarX2`. */
function iconsIn(code: string): string[] {
  const [, names = ''] = /import\s*\{([^}]*)\}\s*from\s*["']@lucide\/svelte["']/.exec(code) ?? [];
  const taken = names.split(',').map((name) => name.trim().split(/\s+/)[0] ?? '');
  return taken.map((name) => name.replace(/(?<=.)([A-Z]|\d+)/g, '-$1').toLowerCase());
}

function preload(href: string): HtmlTagDescriptor {
  const attrs = href.endsWith('.css')
    ? { rel: 'preload', as: 'style', href }
    : { rel: 'modulepreload', href };
  return { tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' };
}

/** The addresses of these chunks, of all that they import, and of their styles. */
function filesOf(bundle: Bundle, opens: string[]): string[] {
  const files = new Set<string>();
  const add = (chunk: Chunk) => {
    if (files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const name of chunk.imports) {
      const imported = bundle[name];
      if (imported?.type === 'chunk') add(imported);
    }
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && opens.some((name) => chunk.facadeModuleId?.endsWith(name))) add(chunk);
  }
  return [...files].sort().map((name) => `/${name}`);
}
