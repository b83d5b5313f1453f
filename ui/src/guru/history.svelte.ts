/** Past appointments up to today, newest first, searched and filtered. */
import { listJanjiTemu, type JanjiTemuFilter } from '../api/janji_temu';
import type { Result } from '../api/result';
import type { JanjiTemu, Status } from '../api/types';
import { isoDate } from '../i18n/format';
import { clock } from '../shared/clock.svelte';
import { Loading } from '../shared/loading.svelte';

const PAGE = 50;
const AFTER_MS = 250;

export type HistoryFilter = 'semua' | Extract<Status, 'selesai' | 'batal' | 'tidak hadir'>;

export class History {
  q = $state('');
  filter = $state<HistoryFilter>('semua');
  rows = $state.raw<JanjiTemu[]>([]);
  total = $state(0);
  #pages = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly has_more = $derived(this.rows.length < this.total);
  readonly by_day = $derived(
    this.rows
      .map((row) => row.tanggal)
      .filter((tanggal, at, all) => all.indexOf(tanggal) === at)
      .map((tanggal) => ({ tanggal, rows: this.rows.filter((row) => row.tanggal === tanggal) })),
  );

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.changed(), AFTER_MS);
  }

  changed(): void {
    this.#pages = 1;
    void this.loading.load();
  }

  loadMore(): void {
    this.#pages += 1;
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.stop();
  }

  /** The server lists the oldest first, so its last pages are the first here. */
  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const q = this.q.trim();
    const filter: JanjiTemuFilter = { sampai: isoDate(clock.now), ...(q ? { q } : {}) };
    filter.status = this.filter === 'semua' ? 'selesai,batal,tidak hadir' : this.filter;
    const counted = await listJanjiTemu(filter, 1, PAGE);
    if (!counted.ok) return counted;
    const { total } = counted.data;
    const last = Math.max(1, Math.ceil(total / PAGE));
    const rows: JanjiTemu[] = [];
    // The last page may be short, so one more page is loaded.
    const wanted = Math.min(total, this.#pages * PAGE);
    for (let halaman = last; halaman >= 1 && rows.length < wanted; halaman -= 1) {
      const page = halaman === 1 ? counted : await listJanjiTemu(filter, halaman, PAGE);
      if (!page.ok) return page;
      rows.push(...page.data.data.toReversed());
    }
    if (!isOver()) {
      this.rows = rows;
      this.total = total;
    }
    return { ok: true, data: undefined };
  }
}
