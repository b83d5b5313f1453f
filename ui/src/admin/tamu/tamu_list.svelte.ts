/** The guests on screen: searched, filtered, one page at a time. */
import type { Result } from '../../api/result';
import { listTamu } from '../../api/tamu';
import type { TamuRingkas } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';

const AFTER_MS = 250;
export const PAGE_SIZE = 20;
export const FILTERS = ['semua', 'hapus', 'tanpa'] as const;
export type TamuFilterName = (typeof FILTERS)[number];

export class TamuList {
  q = $state('');
  filter = $state<TamuFilterName>('semua');
  page = $state(1);
  rows = $state.raw<TamuRingkas[]>([]);
  total = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly is_filtered = $derived(this.q.trim() !== '' || this.filter !== 'semua');

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.rows = [];
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.goTo(1), AFTER_MS);
  }

  choose(filter: TamuFilterName): void {
    this.filter = filter;
    this.goTo(1);
  }

  goTo(page: number): void {
    this.page = page;
    void this.loading.load();
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const q = this.q.trim();
    const filter = {
      ...(q ? { q } : {}),
      ...(this.filter === 'hapus' ? { hapus_diminta: true } : {}),
      ...(this.filter === 'tanpa' ? { tanpa_persetujuan: true } : {}),
    };
    const listed = await listTamu(filter, this.page, PAGE_SIZE);
    if (listed.ok && !isOver()) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
    }
    return listed;
  }
}
