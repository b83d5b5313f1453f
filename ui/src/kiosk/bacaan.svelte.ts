/** What this page's own readers gave last, for the list of devices. */
import { SvelteMap } from 'svelte/reactivity';
import { clock } from '../shared/clock.svelte';
import type { SebabTakTerbaca } from './layar';

/** `ketik`: a scanner that types; `pemindai`: the host's; `attended`: a code that somebody typed or pasted. */
export type Sumber = 'ketik' | 'pemindai' | 'kamera' | 'gambar' | 'tangan';

export type Bacaan = {
  /** By the server's clock. */
  terbaca_pada?: number;
  failure?: { sebab: SebabTakTerbaca; pada: number };
};

export class CatatanBaca {
  readonly #last = new SvelteMap<Sumber, Bacaan>();

  of(sumber: Sumber): Bacaan {
    return this.#last.get(sumber) ?? {};
  }

  terbaca(sumber: Sumber): void {
    this.#last.set(sumber, { terbaca_pada: clock.now });
  }

  failure(sumber: Sumber, sebab: SebabTakTerbaca): void {
    this.#last.set(sumber, { ...this.of(sumber), failure: { sebab, pada: clock.now } });
  }
}
