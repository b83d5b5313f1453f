/** The list of notifications: the newest first, with what is unread. */
import { SvelteMap } from 'svelte/reactivity';
import { deleteNotifikasi, listNotifikasi, markRead } from '../api/notifikasi';
import type { Failure, Result } from '../api/result';
import type { Notifikasi } from '../api/types';
import type { Update } from '../host';
import { Loading } from '../shared/loading.svelte';

const PAGE = 50;

export class NotifikasiList {
  readonly #rows = new SvelteMap<number, Notifikasi>();
  #pages = 1;
  total = $state(0);
  /** The last failure. */
  failure = $state.raw<Failure>();
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly rows = $derived(
    [...this.#rows.values()]
      .filter((row) => !row.dihapus)
      .sort((a, b) => b.waktu.localeCompare(a.waktu) || b.id - a.id),
  );
  readonly unread_count = $derived(this.rows.filter((row) => !row.is_read).length);
  /** How many unread guests still wait in the lobby. */
  readonly lobby_count = $derived(
    this.rows.filter((row) => !row.is_read && row.status === 'menunggu').length,
  );
  readonly has_more = $derived(this.loading.fresh_at > 0 && this.rows.length < this.total);

  take(update: Update): void {
    if (update.type === 'alert' || update.type === 'changed') this.merge(update.data);
    else if (update.type === 'appointment') {
      const known = this.#rows.get(update.data.id);
      const { status, versi } = update.data;
      if (known && known.versi < versi) this.#rows.set(known.id, { ...known, status });
    } else if (update.type === 'removed') {
      // It was put away or read elsewhere. The next load tells which.
      const known = this.#rows.get(update.id);
      if (known) this.#rows.set(update.id, { ...known, is_read: true });
    }
  }

  merge(notifikasi: Notifikasi): void {
    const known = this.#rows.get(notifikasi.id);
    if (!known || known.versi <= notifikasi.versi) this.#rows.set(notifikasi.id, notifikasi);
  }

  loadMore(): void {
    this.#pages += 1;
    void this.loading.load();
  }

  async markRead(row: Notifikasi): Promise<void> {
    const read = await markRead(row.id);
    this.failure = read.ok ? undefined : read.failure;
    if (read.ok) this.merge(read.data);
  }

  async markAllRead(): Promise<void> {
    await Promise.all(this.rows.filter((row) => !row.is_read).map((row) => this.markRead(row)));
  }

  async putAway(row: Notifikasi): Promise<void> {
    const put = await deleteNotifikasi(row.id);
    this.failure = put.ok ? undefined : put.failure;
    if (put.ok) this.#rows.set(row.id, { ...row, dihapus: true });
  }

  clear(): void {
    this.loading.forget();
    this.#rows.clear();
    this.#pages = 1;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const seen: number[] = [];
    for (let halaman = 1; halaman <= this.#pages; halaman += 1) {
      const page = await listNotifikasi(halaman, PAGE);
      if (!page.ok) return page;
      if (isOver()) return page;
      this.total = page.data.total;
      for (const row of page.data.data) {
        seen.push(row.id);
        this.merge(row);
      }
      // It belongs on this page but is missing there, so it was put away elsewhere.
      const oldest = page.data.data.at(-1)?.waktu ?? '';
      for (const row of this.#rows.values()) {
        if (row.waktu > oldest && row.is_read && !seen.includes(row.id)) this.#rows.delete(row.id);
      }
    }
    return { ok: true, data: undefined };
  }
}
