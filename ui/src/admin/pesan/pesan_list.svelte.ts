/** The messages on screen: filtered, one page at a time, sent again one by one or together. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { listAllPesan, listPesan, sendPesanAgain } from '../../api/pesan';
import { isTrouble, type Failure, type Result } from '../../api/result';
import type { KeadaanPesan, PesanKeluar } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';
import { isNewerPesan } from '../../shared/newest_pesan';

export const PAGE_SIZE = 20;
/** Many events in a row load the list once. */
const AFTER_MS = 400;

export const FILTERS = ['semua', 'gagal', 'menunggu', 'terkirim', 'sampai', 'dibaca', 'usang'] as const;
export type PesanFilterName = (typeof FILTERS)[number];

const STATES: Record<Exclude<PesanFilterName, 'semua'>, KeadaanPesan[]> = {
  gagal: ['gagal'],
  menunggu: ['menunggu'],
  terkirim: ['diserahkan', 'terkirim'],
  sampai: ['sampai'],
  dibaca: ['dibaca'],
  usang: ['usang'],
};

export class PesanList {
  filter = $state<PesanFilterName>('semua');
  page = $state(1);
  rows = $state.raw<PesanKeluar[]>([]);
  total = $state(0);
  failed_count = $state(0);
  /** How many of them are done, while all failed ones are sent again. */
  progress = $state<{ done: number; of: number }>();
  readonly chosen = new SvelteSet<number>();
  readonly #busy = new SvelteSet<number>();
  readonly #failures = new SvelteMap<number, Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.rows = [];
    this.chosen.clear();
    this.#failures.clear();
  }

  choose(filter: PesanFilterName): void {
    this.filter = filter;
    this.goTo(1);
  }

  goTo(page: number): void {
    this.page = page;
    this.chosen.clear();
    void this.loading.load();
  }

  toggle(row: PesanKeluar): void {
    if (!this.chosen.delete(row.id)) this.chosen.add(row.id);
  }

  /** Shows it at once, and soon loads what it changes in the list. */
  told(row: PesanKeluar): void {
    this.#merge(row);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.loading.load(), AFTER_MS);
  }

  isBusy(row: PesanKeluar): boolean {
    return this.#busy.has(row.id);
  }

  failureOf(row: PesanKeluar): Failure | undefined {
    return this.#failures.get(row.id);
  }

  async sendAgain(id: number): Promise<Result<PesanKeluar> | undefined> {
    if (this.#busy.has(id)) return undefined;
    this.#busy.add(id);
    this.#failures.delete(id);
    const sent = await sendPesanAgain(id);
    this.#busy.delete(id);
    if (sent.ok) this.#merge(sent.data);
    else this.#failures.set(id, sent.failure);
    return sent;
  }

  /** How many were queued again. */
  async sendChosenAgain(): Promise<number> {
    const sent = await this.#sendAllAgain([...this.chosen]);
    this.chosen.clear();
    return sent;
  }

  /** Every failed one, those on other pages too; undefined if they could not be listed. */
  async sendFailedAgain(): Promise<number | undefined> {
    if (this.progress) return undefined;
    this.progress = { done: 0, of: this.failed_count };
    const failed = await listAllPesan({ keadaan: ['gagal'] });
    if (!failed.ok) {
      this.progress = undefined;
      this.loading.failure = failed.failure;
      return undefined;
    }
    return this.#sendAllAgain(failed.data.map(({ id }) => id));
  }

  /** One after the other, and none after the server went away. */
  async #sendAllAgain(ids: number[]): Promise<number> {
    let count = 0;
    this.progress = { done: 0, of: ids.length };
    for (const id of ids) {
      const sent = await this.sendAgain(id);
      if (sent?.ok) count += 1;
      this.progress = { done: this.progress.done + 1, of: ids.length };
      if (sent && !sent.ok && isTrouble(sent.failure)) break;
    }
    this.progress = undefined;
    void this.loading.load();
    return count;
  }

  #merge(row: PesanKeluar): void {
    this.rows = this.rows.map((known) => (known.id === row.id && isNewerPesan(known, row) ? row : known));
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const filter = this.filter === 'semua' ? {} : { keadaan: STATES[this.filter] };
    const [listed, failed] = await Promise.all([
      listPesan(filter, this.page, PAGE_SIZE),
      listPesan({ keadaan: ['gagal'] }, 1, 1),
    ]);
    if (isOver()) return listed;
    if (failed.ok) this.failed_count = failed.data.total;
    if (listed.ok) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
    }
    return listed;
  }
}
