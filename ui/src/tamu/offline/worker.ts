/**
 * The guest page's service worker. The build gives it the page's files and puts it at `/tamu-sw.js`, so that its scope
 * may be `/k/`, `/K/` or `/tamu`; no other surface has one.
 */
import { PageCache } from './page_cache';

/** As much of a service worker's surroundings as this one uses; the compiler knows a page's only. */
type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Event & { request: Request; respondWith(answer: Promise<Response>): void };
type Surroundings = {
  addEventListener(name: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

/** The build replaces it: the version, and the files. */
declare const __TAMU_PAGE__: { version: string; files: string[] };

const surroundings = self as unknown as Surroundings;
const { version, files } = __TAMU_PAGE__;
const pages = new PageCache(version, files, caches, (request) => fetch(request));

surroundings.addEventListener('install', (event) => {
  event.waitUntil(pages.fill().then(() => surroundings.skipWaiting()));
});
surroundings.addEventListener('activate', (event) => {
  event.waitUntil(pages.tidy().then(() => surroundings.clients.claim()));
});
surroundings.addEventListener('fetch', (event) => {
  const answer = pages.answer(event.request);
  if (answer) event.respondWith(answer);
});
