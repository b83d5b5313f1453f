/** The last guest who arrived or left. They can be shown again for a while if something could not be read. */
import { clock } from '../shared/clock.svelte';
import type { Screen } from './screen';

const KEPT_MS = 10 * 60_000;

type TamuScreen = Extract<Screen, { jenis: 'datang' | 'pulang' }>;

export class LastTamu {
  #kept = $state.raw<{ screen: TamuScreen; pada: number }>();

  readonly screen: TamuScreen | undefined = $derived(
    this.#kept && clock.now - this.#kept.pada < KEPT_MS ? this.#kept.screen : undefined,
  );

  keep(screen: TamuScreen): TamuScreen {
    this.#kept = { screen, pada: clock.now };
    return screen;
  }

  clear(): void {
    this.#kept = undefined;
  }
}
