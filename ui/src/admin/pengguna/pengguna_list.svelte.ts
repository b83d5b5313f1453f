/** The users on screen: searched, filtered, one page at a time. */
import { listPengguna } from '../../api/pengguna';
import type { Result } from '../../api/result';
import type { Pengguna, Role } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';

const AFTER_MS = 250;
export const PAGE_SIZE = 20;

export class PenggunaList {
  q = $state('');
  role = $state<Role>();
  page = $state(1);
  rows = $state.raw<Pengguna[]>([]);
  total = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly is_filtered = $derived(this.q.trim() !== '' || this.role !== undefined);
  readonly first_row = $derived((this.page - 1) * PAGE_SIZE + 1);
  readonly last_row = $derived(this.first_row + this.rows.length - 1);

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
    this.#timer = setTimeout(() => this.#changed(), AFTER_MS);
  }

  choose(role: Role | undefined): void {
    this.role = role;
    this.#changed();
  }

  goTo(page: number): void {
    this.page = page;
    void this.loading.load();
  }

  /** Shows a changed user, then loads the list again. */
  merge(pengguna: Pengguna): void {
    this.rows = this.rows.map((row) => (row.id === pengguna.id ? pengguna : row));
    void this.loading.load();
  }

  #changed(): void {
    this.page = 1;
    void this.loading.load();
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const q = this.q.trim();
    const filter = { ...(q ? { q } : {}), ...(this.role ? { role: this.role } : {}) };
    const listed = await listPengguna(filter, this.page, PAGE_SIZE);
    if (listed.ok && !isOver()) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
    }
    return listed;
  }
}
