/**
 * What the service worker keeps so that a page that was opened once opens again without a connection: the page itself
 * and what shows a visit. Data is not its matter; the page keeps that itself.
 */

/** The page, whatever code its address has. */
export const PAGE = '/tamu';

/** A page that does not answer for so long is taken from the cache. */
const PATIENCE_MS = 4000;

const PREFIX = 'bukutamu-tamu-';

type Fetch = (request: Request | string) => Promise<Response>;

export class PageCache {
  readonly #name: string;

  /** `files`: the addresses that show a visit; they have a hash of their content in their names. */
  constructor(
    version: string,
    private readonly files: readonly string[],
    private readonly caches: CacheStorage,
    private readonly fetch: Fetch,
  ) {
    this.#name = PREFIX + version;
  }

  async fill(): Promise<void> {
    const cache = await this.caches.open(this.#name);
    await cache.addAll([PAGE, ...this.files]);
  }

  /** Removes what earlier versions of the page kept. */
  async tidy(): Promise<void> {
    const names = await this.caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== this.#name);
    await Promise.all(old.map((name) => this.caches.delete(name)));
  }

  /** Undefined for what is not its matter, such as data. */
  answer(request: Request): Promise<Response> | undefined {
    if (request.method !== 'GET') return undefined;
    if (request.mode === 'navigate') return this.page(request);
    const { pathname } = new URL(request.url);
    return pathname.startsWith('/assets/') || pathname === '/ikon.svg' ? this.file(request) : undefined;
  }

  /** The newest page; the kept one if nobody answers in time, or the server is in trouble. */
  async page(request: Request, patience_ms = PATIENCE_MS): Promise<Response> {
    const kept = await this.caches.match(PAGE);
    const fresh = this.fetch(request);
    if (!kept) return fresh;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Response>((resolve) => {
      timer = setTimeout(() => resolve(kept), patience_ms);
    });
    const answered = fresh.then((response) => (response.status < 500 ? response : kept));
    // A refusal after the page was taken from the cache is nobody's matter.
    const first = await Promise.race([answered.catch(() => kept), late]);
    clearTimeout(timer);
    return first;
  }

  /** A file never changes under its name, so the kept one is as good. */
  async file(request: Request): Promise<Response> {
    const kept = await this.caches.match(request);
    if (kept) return kept;
    const response = await this.fetch(request);
    if (response.ok) {
      const cache = await this.caches.open(this.#name);
      await cache.put(request, response.clone());
    }
    return response;
  }
}
