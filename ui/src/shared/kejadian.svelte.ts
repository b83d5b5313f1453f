/** What the desk did to a guest who stood on this screen, so that nobody vanishes without a word. */
import { SvelteMap } from 'svelte/reactivity';
import type { JanjiTemu, Notifikasi, Status } from '../api/types';
import { kejadianTeks } from '../i18n/kejadian';
import { namaTamu } from './nama';
import { pengumuman } from './pengumuman.svelte';

const SHOWN_MS = 30_000;

export type Peristiwa = {
  id: number;
  nama: string;
  dari: Status;
  ke: Status;
  versi: number;
  /** When it happened, in milliseconds, where that is told. */
  pada?: number;
};

export class Kejadian {
  readonly #semua = new SvelteMap<number, Peristiwa>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- as above
  readonly #sendiri = new Set<number>();
  #ditahan = false;

  readonly daftar = $derived([...this.#semua.values()].toReversed());

  /** What this screen itself asked for is no news. */
  async own<Done>(id: number, work: () => Promise<Done>): Promise<Done> {
    this.#sendiri.add(id);
    try {
      return await work();
    } finally {
      this.#sendiri.delete(id);
    }
  }

  /** A guest who was `dari` on this screen stands as in `row` now. */
  moved(dari: Status, row: JanjiTemu): void {
    const pada = row.status === 'selesai' ? row.waktu_selesai : row.waktu_mulai;
    const timed = row.status === 'selesai' || row.status === 'sedang berlangsung';
    this.#note({
      ...{ id: row.id, nama: namaTamu(row), dari, ke: row.status, versi: row.versi },
      ...(timed && pada ? { pada: Date.parse(pada) } : {}),
    });
  }

  /** The same as far as a notification tells it. */
  told(dari: Status, notifikasi: Pick<Notifikasi, 'id' | 'nama_tamu' | 'status' | 'versi'>): void {
    const { id, nama_tamu: nama, status: ke, versi } = notifikasi;
    this.#note({ id, nama, dari, ke, versi });
  }

  /** Where the visit stands now: news of it that says otherwise is true no more. */
  stands({ id, status, versi }: { id: number; status: Status; versi: number }): void {
    const known = this.#semua.get(id);
    if (known && known.versi < versi && known.ke !== status) this.tutup(id);
  }

  tutup(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#semua.delete(id);
  }

  hold(): void {
    this.#ditahan = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  release(): void {
    this.#ditahan = false;
    for (const id of this.#semua.keys()) this.#expire(id);
  }

  clear(): void {
    for (const id of [...this.#semua.keys()]) this.tutup(id);
  }

  #note(peristiwa: Peristiwa): void {
    const { id, dari, ke, pada } = peristiwa;
    if (dari === ke || this.#sendiri.has(id) || !kejadianTeks(peristiwa)) return;
    const known = this.#semua.get(id);
    // Told twice, the second time with less.
    if (known?.ke === ke && (known.pada ?? pada) === known.pada) return;
    if (known?.ke !== ke) pengumuman.say(kejadianTeks(peristiwa) ?? '');
    this.tutup(id);
    this.#semua.set(id, known?.ke === ke ? { ...peristiwa, dari: known.dari } : peristiwa);
    this.#expire(id);
  }

  #expire(id: number): void {
    if (this.#ditahan || this.#timers.has(id)) return;
    this.#timers.set(
      id,
      setTimeout(() => this.tutup(id), SHOWN_MS),
    );
  }
}
