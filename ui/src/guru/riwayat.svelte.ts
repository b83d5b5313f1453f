/** What was: appointments up to today, the newest first, searched and filtered. */
import { listJanjiTemu, type SaringJanjiTemu } from '../api/janji_temu';
import type { Result } from '../api/result';
import type { JanjiTemu, Status } from '../api/types';
import { isoDate } from '../i18n/format';
import { jam } from '../shared/jam.svelte';
import { Muatan } from '../shared/muatan.svelte';

const PAGE = 50;
const AFTER_MS = 250;

export type Saring = 'semua' | Extract<Status, 'selesai' | 'batal' | 'tidak hadir'>;

export class Riwayat {
  q = $state('');
  saring = $state<Saring>('semua');
  baris = $state.raw<JanjiTemu[]>([]);
  total = $state(0);
  #pages = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly muatan = new Muatan((isOver) => this.#load(isOver));

  readonly ada_lagi = $derived(this.baris.length < this.total);
  readonly per_hari = $derived(
    this.baris
      .map((row) => row.tanggal)
      .filter((tanggal, at, all) => all.indexOf(tanggal) === at)
      .map((tanggal) => ({ tanggal, rows: this.baris.filter((row) => row.tanggal === tanggal) })),
  );

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.changed(), AFTER_MS);
  }

  changed(): void {
    this.#pages = 1;
    void this.muatan.load();
  }

  lebih(): void {
    this.#pages += 1;
    void this.muatan.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.muatan.stop();
  }

  /** The server lists the oldest first, so its last pages are the first here. */
  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const q = this.q.trim();
    const saring: SaringJanjiTemu = { sampai: isoDate(jam.kini), ...(q ? { q } : {}) };
    saring.status = this.saring === 'semua' ? 'selesai,batal,tidak hadir' : this.saring;
    const counted = await listJanjiTemu(saring, 1, PAGE);
    if (!counted.ok) return counted;
    const { total } = counted.data;
    const last = Math.max(1, Math.ceil(total / PAGE));
    const rows: JanjiTemu[] = [];
    // The last page may be short: one more makes up for it.
    const wanted = Math.min(total, this.#pages * PAGE);
    for (let halaman = last; halaman >= 1 && rows.length < wanted; halaman -= 1) {
      const page = halaman === 1 ? counted : await listJanjiTemu(saring, halaman, PAGE);
      if (!page.ok) return page;
      rows.push(...page.data.data.toReversed());
    }
    if (!isOver()) {
      this.baris = rows;
      this.total = total;
    }
    return { ok: true, data: undefined };
  }
}
