/** The guest who was let in or out last: offered to be shown again for a while, once something could not be read. */
import { jam } from '../shared/jam.svelte';
import type { Layar } from './layar';

const KEPT_MS = 10 * 60_000;

export type LayarTamu = Extract<Layar, { jenis: 'datang' | 'pulang' }>;

export class Terakhir {
  #kept = $state.raw<{ layar: LayarTamu; pada: number }>();

  readonly layar: LayarTamu | undefined = $derived(
    this.#kept && jam.kini - this.#kept.pada < KEPT_MS ? this.#kept.layar : undefined,
  );

  keep(layar: LayarTamu): LayarTamu {
    this.#kept = { layar, pada: jam.kini };
    return layar;
  }

  clear(): void {
    this.#kept = undefined;
  }
}
