/** How long a page waits before it asks again. */

const TODAY_MS = 5000;
const OTHERWISE_MS = 60_000;

export type Watching = {
  /** The socket tells every change. */
  is_live: boolean;
  /** Somebody looks at the page. */
  is_seen: boolean;
  /** It is the visit's day, or nothing is known yet. */
  is_today: boolean;
  /** The visit may still change by itself. */
  is_open: boolean;
};

export function pollWait({ is_live, is_seen, is_today, is_open }: Watching): number {
  return !is_live && is_seen && is_today && is_open ? TODAY_MS : OTHERWISE_MS;
}
