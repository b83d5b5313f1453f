/** What this page's own readers gave last, for the list of devices. */
import { SvelteMap } from 'svelte/reactivity';
import { clock } from '../shared/clock.svelte';
import type { UnreadableReason } from './screen';

/** `ketik`: a scanner that types; `pemindai`: the host's; `tangan`: a code that somebody typed or pasted. */
export type ReadSource = 'ketik' | 'pemindai' | 'kamera' | 'gambar' | 'tangan';

export type LastReading = {
  /** By the server's clock. */
  read_at?: number;
  failure?: { reason: UnreadableReason; pada: number };
};

export class ReaderLog {
  readonly #last = new SvelteMap<ReadSource, LastReading>();

  of(sumber: ReadSource): LastReading {
    return this.#last.get(sumber) ?? {};
  }

  wasRead(sumber: ReadSource): void {
    this.#last.set(sumber, { read_at: clock.now });
  }

  failure(sumber: ReadSource, reason: UnreadableReason): void {
    this.#last.set(sumber, { ...this.of(sumber), failure: { reason, pada: clock.now } });
  }
}
