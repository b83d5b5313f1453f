/**
 * The service worker of the guest's page and of the kiosk. The build gives it the pages' files and puts it at
 * `/tamu-sw.js`, so that its scope may be `/k/`, `/K/`, `/tamu` or `/kiosk`; no other surface has one.
 */
import { PageCache, type KeptPage } from './page_cache';

/** As much of a service worker's surroundings as this one uses; the compiler knows a page's only. */
type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Event & { request: Request; respondWith(answer: Promise<Response>): void };
type Surroundings = {
  addEventListener(name: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  registration: { scope: string };
};

/** The build replaces it: the guest's page, and the kiosk. */
declare const __KEPT_PAGES__: { tamu: KeptPage; kiosk: KeptPage };

const surroundings = self as unknown as Surroundings;
const { tamu, kiosk } = __KEPT_PAGES__;
const kept = new URL(surroundings.registration.scope).pathname === kiosk.page ? kiosk : tamu;
const pages = new PageCache(kept, caches, (request) => fetch(request));

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
