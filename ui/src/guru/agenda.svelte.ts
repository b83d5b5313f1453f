/** The guru's own appointments as far as they are known: days that were fetched, kept up to date by events. */
import { SvelteMap } from 'svelte/reactivity';
import { listDays } from '../api/janji_temu';
import type { JanjiTemu } from '../api/types';
import { isoDate, tambahHari } from '../i18n/format';
import { jam } from '../shared/jam.svelte';
import { Muatan } from '../shared/muatan.svelte';
import { terjawab } from '../shared/tanggapan';

export class Agenda {
  readonly #rows = new SvelteMap<number, JanjiTemu>();
  #dari = '';
  #sampai = '';

  /** YYYY-MM-DD in the school. */
  readonly hari_ini = $derived(isoDate(jam.kini));
  readonly besok = $derived(tambahHari(this.hari_ini, 1));
  readonly #semua = $derived(
    [...this.#rows.values()].sort((a, b) => a.jadwal.localeCompare(b.jadwal) || a.id - b.id),
  );
  /** In the lobby now: who has no answer yet on top, and among them whoever came first. */
  readonly menunggu = $derived(
    this.#semua
      .filter((row) => row.status === 'menunggu')
      .sort(
        (a, b) =>
          isAnswered(a, jam.kini) - isAnswered(b, jam.kini) ||
          (a.waktu_datang ?? '').localeCompare(b.waktu_datang ?? ''),
      ),
  );
  readonly berlangsung = $derived(this.#semua.filter((row) => row.status === 'sedang berlangsung'));

  /** Today and tomorrow. */
  readonly dekat = new Muatan((isOver) => this.#fetch(this.hari_ini, this.besok, isOver));
  /** The days on screen. */
  readonly tampak = new Muatan((isOver) => this.#fetch(this.#dari, this.#sampai, isOver));

  find(id: number): JanjiTemu | undefined {
    return this.#rows.get(id);
  }

  /** A day's, in order of time. */
  of(tanggal: string): JanjiTemu[] {
    return this.#semua.filter((row) => row.tanggal === tanggal);
  }

  /** Takes one copy; the larger `versi` wins. */
  merge(row: JanjiTemu): void {
    const known = this.#rows.get(row.id);
    if (!known || known.versi < row.versi) this.#rows.set(row.id, row);
  }

  /** These days are looked at now. */
  show(dari: string, sampai: string): void {
    if (dari === this.#dari && sampai === this.#sampai) return;
    this.#dari = dari;
    this.#sampai = sampai;
    this.tampak.forget();
    void this.tampak.load();
  }

  /** Fetches what is on screen anew. */
  refresh(): void {
    void this.dekat.load();
    if (this.#dari) void this.tampak.load();
  }

  clear(): void {
    this.dekat.forget();
    this.tampak.forget();
    this.#rows.clear();
    this.#dari = '';
  }

  async #fetch(dari: string, sampai: string, isOver: () => boolean) {
    const before = this.#semua.filter((row) => dari <= row.tanggal && row.tanggal <= sampai);
    const listed = await listDays(dari, sampai);
    if (listed.ok && !isOver()) {
      for (const row of before) {
        // On another day by now; what an event told while the list was on its way stays.
        const gone = !listed.data.some(({ id }) => id === row.id);
        if (gone && this.#rows.get(row.id) === row) this.#rows.delete(row.id);
      }
      listed.data.forEach((row) => this.merge(row));
    }
    return listed;
  }
}

/** 1 for who has an answer that holds, so that they sort last. */
function isAnswered(row: JanjiTemu, kini_ms: number): 0 | 1 {
  return terjawab(row, kini_ms) ? 1 : 0;
}
