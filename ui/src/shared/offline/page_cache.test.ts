import { beforeEach, expect, test, vi } from 'vitest';
import { PageCache } from './page_cache';

const PAGE = '/tamu';

const ORIGIN = 'https://sekolah.example';

/** As much of a browser's caches as the worker uses. */
class FakeCaches {
  readonly kept = new Map<string, Map<string, Response>>();
  keys = () => Promise.resolve([...this.kept.keys()]);
  delete = (name: string) => Promise.resolve(this.kept.delete(name));
  match = (asked: Request | string) => {
    const path = pathOf(asked);
    return Promise.resolve(
      [...this.kept.values()]
        .map((cache) => cache.get(path))
        .find(Boolean)
        ?.clone(),
    );
  };
  open = (name: string) => {
    const cache = this.kept.get(name) ?? new Map<string, Response>();
    this.kept.set(name, cache);
    return Promise.resolve({
      addAll: (paths: string[]) => {
        for (const path of paths) cache.set(path, new Response(`kept ${path}`));
        return Promise.resolve();
      },
      put: (request: Request, response: Response) => {
        cache.set(pathOf(request), response);
        return Promise.resolve();
      },
    });
  };
}

const pathOf = (asked: Request | string) =>
  new URL(typeof asked === 'string' ? asked : asked.url, ORIGIN).pathname;
const asked = (path: string, mode?: string, method = 'GET') =>
  ({ url: ORIGIN + path, mode, method }) as Request;
const page = asked('/k/CODE', 'navigate');

let caches: FakeCaches;
let fetched: ReturnType<typeof vi.fn<(request: Request | string) => Promise<Response>>>;
let pages: PageCache;

beforeEach(async () => {
  caches = new FakeCaches();
  fetched = vi.fn(() => Promise.resolve(new Response('fresh')));
  pages = new PageCache(
    { version: '2', page: PAGE, files: ['/assets/a.js'] },
    caches as unknown as CacheStorage,
    fetched,
  );
  await pages.fill();
});

const text = async (answer: Promise<Response> | undefined) => (await answer)?.text();

test('a page opens from the network, and without one from what is kept, whatever its code', async () => {
  expect(await text(pages.answer(page))).toBe('fresh');
  fetched.mockRejectedValueOnce(new TypeError('offline'));
  expect(await text(pages.answer(page))).toBe(`kept ${PAGE}`);
});

test('a server in trouble, and one that does not answer in time, do not keep the page from opening', async () => {
  fetched.mockResolvedValueOnce(new Response('bad gateway', { status: 502 }));
  expect(await text(pages.answer(page))).toBe(`kept ${PAGE}`);
  fetched.mockReturnValueOnce(new Promise(() => undefined));
  expect(await text(pages.page(page, 0))).toBe(`kept ${PAGE}`);
});

test('a file is kept once it was loaded', async () => {
  expect(await text(pages.answer(asked('/assets/a.js')))).toBe('kept /assets/a.js');
  expect(await text(pages.answer(asked('/assets/b.js')))).toBe('fresh');
  fetched.mockRejectedValue(new TypeError('offline'));
  expect(await text(pages.answer(asked('/assets/b.js')))).toBe('fresh');
});

test('data is not its matter, and nothing that is sent', () => {
  expect(pages.answer(asked('/api/kunjungan/CODE'))).toBeUndefined();
  expect(pages.answer(asked('/assets/a.js', undefined, 'POST'))).toBeUndefined();
  expect(fetched).not.toHaveBeenCalled();
});

test('a new version removes what older ones kept, and nothing else', async () => {
  await caches.open('bukutamu-tamu-1');
  await caches.open('lain');
  await pages.tidy();
  expect([...caches.kept.keys()].sort()).toEqual(['bukutamu-tamu-2', 'lain']);
});
