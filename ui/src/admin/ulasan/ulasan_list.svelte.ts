/** The reviews of a period: filtered, one page at a time, with what they come to; comments are hidden and shown. */
import { everyGuru } from '../../api/guru';
import type { RingkasanUlasan, Ulasan } from '../../api/types';
import type { Failure, Result } from '../../api/result';
import {
  exportUlasan,
  getRingkasanUlasan,
  hideKomentar,
  listUlasan,
  type UlasanFilter,
} from '../../api/ulasan';
import { isoDate } from '../../i18n/format';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';
import { keepFile } from '../keep_file';
import { boundsOf, periodAt, restOf, type Period } from '../period/period';

const AFTER_MS = 250;
export const PAGE_SIZE = 20;
export const MIN_REASON = 3;

/** Somebody to filter by. */
export type GuruChoice = { id: number; nama: string };

export class UlasanList {
  period = $state.raw<Period>(periodAt('bulan', isoDate(clock.now)));
  q = $state('');
  id_guru = $state<number>();
  rating = $state<number>();
  only_hidden = $state(false);
  page = $state(1);
  rows = $state.raw<Ulasan[]>([]);
  total = $state(0);
  /** What all reviews of the period come to, whatever is filtered. */
  summary = $state.raw<RingkasanUlasan>();
  exporting = $state(false);
  #all_guru = $state.raw<GuruChoice[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly bounds = $derived(boundsOf(this.period));
  readonly is_filtered = $derived(
    this.q.trim() !== '' || this.id_guru !== undefined || this.rating !== undefined || this.only_hidden,
  );
  /** Those who can be visited, and those who were reviewed before they left. */
  readonly guru = $derived.by(() => {
    const reviewed = (this.summary?.per_guru ?? []).flatMap(({ id_guru, nama_guru }) =>
      id_guru ? [{ id: id_guru, nama: nama_guru }] : [],
    );
    const gone = reviewed.filter(({ id }) => !this.#all_guru.some((one) => one.id === id));
    return [...this.#all_guru, ...gone].sort((a, b) => a.nama.localeCompare(b.nama, 'id'));
  });

  async start(): Promise<void> {
    const listed = await everyGuru();
    if (listed.ok) this.#all_guru = listed.data.map(({ id, nama }) => ({ id, nama }));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
  }

  show(period: Period): void {
    if (this.loading.fresh_at && restOf(period) === restOf(this.period)) return;
    this.period = period;
    this.summary = undefined;
    this.rows = [];
    this.page = 1;
    this.loading.forget();
    void this.loading.load();
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.filtered(), AFTER_MS);
  }

  /** A filter has changed. */
  filtered(): void {
    clearTimeout(this.#timer);
    this.goTo(1);
  }

  unfiltered(): void {
    Object.assign(this, { q: '', id_guru: undefined, rating: undefined, only_hidden: false });
    this.filtered();
  }

  goTo(page: number): void {
    this.page = page;
    void this.loading.load();
  }

  /** Hides a comment for a reason; without one it is shown again. Gives why it was not. */
  async hide(row: Ulasan, reason: string | undefined): Promise<Failure | undefined> {
    const done = await hideKomentar(row.id_janji_temu, reason?.trim());
    if (!done.ok) return done.failure;
    this.rows = this.rows.map((known) => (known.id_janji_temu === row.id_janji_temu ? done.data : known));
    return undefined;
  }

  /** Saves all that the filters show as a file. Gives why there is none. */
  async export(): Promise<Failure | undefined> {
    if (this.exporting) return undefined;
    this.exporting = true;
    const { dari, sampai } = this.bounds;
    const file = await exportUlasan(this.#filter());
    this.exporting = false;
    if (!file.ok) return file.failure;
    await keepFile(`ulasan-${dari}-${sampai}.csv`, file.data);
    return undefined;
  }

  #filter(): UlasanFilter {
    const q = this.q.trim();
    return {
      ...this.bounds,
      ...(q ? { q } : {}),
      ...(this.id_guru === undefined ? {} : { id_guru: this.id_guru }),
      ...(this.rating === undefined ? {} : { rating: this.rating }),
      ...(this.only_hidden ? { tersembunyi: true } : {}),
    };
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const { dari, sampai } = this.bounds;
    const [listed, summary] = await Promise.all([
      listUlasan(this.#filter(), this.page, PAGE_SIZE),
      this.summary ? undefined : getRingkasanUlasan(dari, sampai),
    ]);
    if (isOver()) return listed;
    if (summary?.ok) this.summary = summary.data;
    if (listed.ok) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
    }
    return listed.ok && summary?.ok === false ? summary : listed;
  }
}

/** Whether a reason says anything: letters and digits, as the server counts them. */
export function isReason(text: string): boolean {
  return (text.match(/[\p{Alphabetic}\p{N}]/gu)?.length ?? 0) >= MIN_REASON;
}
