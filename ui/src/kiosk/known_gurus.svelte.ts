/** The gurus with their numbers, which only the reception is told. */
import { SvelteMap } from 'svelte/reactivity';
import { everyGuru } from '../api/guru';
import type { GuruRingkas } from '../api/types';

export class KnownGurus {
  readonly #known = new SvelteMap<number, GuruRingkas>();

  /** The school has none yet: its first day. */
  empty = $state(false);

  find(id: number): GuruRingkas | undefined {
    return this.#known.get(id);
  }

  /** The members of a unit; nobody is behind a guru. */
  behind(id: number): number[] {
    return this.#known.get(id)?.anggota.map((one) => one.id) ?? [];
  }

  /** Loads all gurus. If nobody answers, what is known stays. */
  async load(): Promise<void> {
    const listed = await everyGuru();
    if (!listed.ok) return;
    this.#known.clear();
    for (const guru of listed.data) this.#known.set(guru.id, guru);
    this.empty = listed.data.length === 0;
  }
}
