/** The gurus with what only the reception is told: a number to call where one cannot be alerted. */
import { SvelteMap } from 'svelte/reactivity';
import { listGuru } from '../api/guru';
import type { GuruRingkas } from '../api/types';

/** More than a school has, and as many as the server gives at once. */
const ALL = 200;

export class KnownGurus {
  readonly #known = new SvelteMap<number, GuruRingkas>();

  /** The school has none yet: its first day. */
  empty = $state(false);

  find(id: number): GuruRingkas | undefined {
    return this.#known.get(id);
  }

  /** What is known stays where nobody answers. */
  async load(): Promise<void> {
    const listed = await listGuru('', ALL);
    if (!listed.ok) return;
    this.#known.clear();
    for (const guru of listed.data.data) this.#known.set(guru.id, guru);
    this.empty = listed.data.total === 0;
  }
}
