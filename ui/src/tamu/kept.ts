/** What this phone keeps beside the page. A phone that keeps nothing, or has no room, is no error. */

export function readKept(place: string): unknown {
  try {
    const text = localStorage.getItem(place);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

export function keep(place: string, value: unknown): void {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {
    // Without it the page still works as long as there is a connection.
  }
}

export function forget(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}
