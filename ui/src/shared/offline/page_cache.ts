/**
 * What the service worker keeps so that a page that was opened once opens again without a connection: the page itself
 * and the files that it opens with. Data is not its matter; the page keeps that itself.
 */

/** A page that is kept, whatever code its address has, and what it opens with. */
export type KeptPage = {
  /** Another one with every change of the page or its files. */
  version: string;
  page: string;
  /** Addresses with a hash of their content in their names. */
  files: readonly string[];
};

/** A page that does not answer for so long is taken from the cache. */
const PATIENCE_MS = 4000;

/** Under one address there is one content, whatever a server or a proxy says that it depends on. */
const AS_NAMED = { ignoreVary: true };

type Fetch = (request: Request | string) => Promise<Response>;

export class PageCache {
  readonly #prefix: string;
  readonly #name: string;

  constructor(
    private readonly kept: KeptPage,
    private readonly caches: CacheStorage,
    private readonly fetch: Fetch,
  ) {
    this.#prefix = `bukutamu${kept.page.replace('/', '-')}-`;
    this.#name = this.#prefix + kept.version;
  }

  async fill(): Promise<void> {
    const cache = await this.caches.open(this.#name);
    await cache.addAll([this.kept.page, ...this.kept.files]);
  }

  /** Removes what earlier versions of the page kept. */
  async tidy(): Promise<void> {
    const names = await this.caches.keys();
    const old = names.filter((name) => name.startsWith(this.#prefix) && name !== this.#name);
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
    const kept = await this.caches.match(this.kept.page, AS_NAMED);
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
    const kept = await this.caches.match(request, AS_NAMED);
    if (kept) return kept;
    const response = await this.fetch(request);
    if (response.ok) {
      const cache = await this.caches.open(this.#name);
      await cache.put(request, response.clone());
    }
    return response;
  }
}
