/** What this browser gives a desk: a lock among its tabs, a place that lasts, and the page itself without a server. */

const WORKER = '/tamu-sw.js';
const SCOPE = '/kiosk';

/** Whether the browser keeps anything encrypted here. Over a plain network it offers neither keys nor locks. */
export function canKeep(): boolean {
  return window.isSecureContext && 'indexedDB' in window && 'locks' in navigator;
}

/** Waits until no other tab is the desk. It stays this one's until the tab closes. */
export function turnAt(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, () => {
      resolve();
      return new Promise(() => undefined);
    });
    held.catch(reject);
  });
}

/** Whether the browser promises not to remove what is kept here. */
export async function isLasting(): Promise<boolean> {
  if (await navigator.storage.persisted().catch(() => false)) return true;
  return navigator.storage.persist().catch(() => false);
}

/** Whether this page opens again while the server is away. */
export async function keepsPage(): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false;
  try {
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
