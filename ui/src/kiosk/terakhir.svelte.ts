/** The guest who was let in or out last: offered to be shown again for a while, once something could not be read. */
import { clock } from '../shared/clock.svelte';
import type { Layar } from './layar';

const KEPT_MS = 10 * 60_000;

export type LayarTamu = Extract<Layar, { jenis: 'datang' | 'pulang' }>;

export class Terakhir {
  #kept = $state.raw<{ screen: LayarTamu; pada: number }>();

  readonly screen: LayarTamu | undefined = $derived(
    this.#kept && clock.now - this.#kept.pada < KEPT_MS ? this.#kept.screen : undefined,
  );

  keep(screen: LayarTamu): LayarTamu {
    this.#kept = { screen, pada: clock.now };
    return screen;
  }

  clear(): void {
    this.#kept = undefined;
  }
}
