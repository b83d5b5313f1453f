/** Asks the browser to keep the page for when there is no connection. */

const WORKER = '/tamu-sw.js';

/** Only what belongs to guests: other surfaces are of no use without their server. */
export function scopeOf(pathname: string): string | undefined {
  return /^\/(k\/|K\/|tamu$)/.exec(pathname)?.[0];
}

/**
 * A browser refuses it where it does not trust the school's certificate, and over a plain network. The open page then
 * still shows what it knows, and so does one that the browser itself kept.
 */
export function keepPage(pathname: string): void {
  const scope = scopeOf(pathname);
  if (scope === undefined || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register(WORKER, { scope }).catch(() => undefined);
}
