/** As much of a browser as state classes touch, for tests that run without one. */
class Place implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly #kept = new Map<string, string>();
  getItem = (key: string): string | null => this.#kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.#kept.set(key, value);
  removeItem = (key: string): void => void this.#kept.delete(key);
}

Object.assign(globalThis, {
  localStorage: new Place(),
  sessionStorage: new Place(),
  location: new URL('http://127.0.0.1:8700/kiosk'),
  window: globalThis,
  document: { documentElement: { lang: 'id' } },
});
