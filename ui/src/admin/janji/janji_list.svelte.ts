/** The appointments on screen: filtered by the address, one page at a time, alive by events. */
import { listJanjiTemu } from '../../api/janji_temu';
import type { Result } from '../../api/result';
import type { JanjiTemu, Status } from '../../api/types';
import { isoDate } from '../../i18n/format';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';
import type { Router } from '../route.svelte';
import { NO_FILTER, queryOf, readFilter, writeFilter, type Filter } from './janji_filter';

const AFTER_MS = 250;
export const PAGE_SIZE = 20;
/** The server counts no further. */
export const MAX_COUNTED = 100_000;

export class JanjiList {
  filter = $state.raw<Filter>(NO_FILTER);
  rows = $state.raw<JanjiTemu[]>([]);
  total = $state(0);
  /** There is no appointment at all, whatever is asked for. */
  is_empty = $state(false);
  counts = $state.raw<Partial<Record<Status, number>>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown: string | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly all_count = $derived(Object.values(this.counts).reduce((sum, count) => sum + count, 0));
  readonly is_filtered = $derived(writeFilter({ ...this.filter, page: 1, opened: 0, making: false }) !== '');
  /** The rows under their days. */
  readonly days = $derived.by(() => {
    const days: { tanggal: string; rows: JanjiTemu[] }[] = [];
    for (const row of this.rows) {
      const last = days.at(-1);
      if (last?.tanggal === row.tanggal) last.rows.push(row);
      else days.push({ tanggal: row.tanggal, rows: [row] });
    }
    return days;
  });

  constructor(private readonly router: Pick<Router, 'rewrite'>) {}

  /** Shows what the address asks for. */
  read(rest: string): void {
    const filter = readFilter(rest);
    this.filter = filter;
    const shown = writeFilter({ ...filter, opened: 0, making: false });
    if (shown === this.#shown) return;
    this.#shown = shown;
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.rows = [];
    this.#shown = undefined;
  }

  typed(q: string): void {
    this.filter = { ...this.filter, q };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.choose({ q }), AFTER_MS);
  }

  /** Another filter begins at its first page. */
  choose(changes: Partial<Filter>): void {
    this.#go({ ...this.filter, page: 1, opened: 0, making: false, ...changes });
  }

  goTo(page: number): void {
    this.#go({ ...this.filter, page });
  }

  open(id: number): void {
    this.#go({ ...this.filter, opened: id, making: false });
  }

  /** Opens the form of a new appointment, or closes it. */
  make(making: boolean): void {
    this.#go({ ...this.filter, opened: 0, making });
  }

  /** An appointment was made, which lies ahead: shows what is to come. */
  made(): void {
    this.#go({ ...NO_FILTER, range: 'mendatang', making: this.filter.making });
    void this.loading.load();
  }

  /** Shows a changed row at once, and soon loads what that changes in the list. */
  told(row: JanjiTemu): void {
    this.rows = this.rows.map((known) => (known.id === row.id && row.versi >= known.versi ? row : known));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.loading.load(), AFTER_MS);
  }

  #go(filter: Filter): void {
    const rest = writeFilter(filter);
    this.router.rewrite(rest);
    this.read(rest);
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const { filter } = this;
    const query = queryOf(filter, isoDate(clock.now));
    const listed = await listJanjiTemu(query, filter.page, PAGE_SIZE);
    const all = listed.ok && listed.data.total === 0 ? await listJanjiTemu({}, 1, 1) : listed;
    if (listed.ok && !isOver()) {
      this.is_empty = all.ok && all.data.total === 0;
      this.rows = listed.data.data;
      this.total = listed.data.total;
      this.counts = listed.data.per_status ?? {};
    }
    return listed;
  }
}
