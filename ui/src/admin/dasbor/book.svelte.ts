/** Today's visits on the dashboard: fetched whole, then kept up to date by events. */
import { SvelteMap } from 'svelte/reactivity';
import { listToday } from '../../api/janji_temu';
import type { Result } from '../../api/result';
import type { JanjiTemu } from '../../api/types';
import { isoDate } from '../../i18n/format';
import { clock } from '../../shared/clock.svelte';

export type Tab = 'di_lokasi' | 'berikutnya' | 'semua';

export class Book {
  readonly #rows = new SvelteMap<number, JanjiTemu>();
  tab = $state<Tab>('di_lokasi');

  readonly #all = $derived([...this.#rows.values()]);
  readonly tabs: Record<Tab, JanjiTemu[]> = $derived({
    // Who came last comes first, as in a book that is read from its end.
    di_lokasi: sorted(this.#all.filter(isOnSite), (row) => row.waktu_datang ?? row.jadwal).reverse(),
    berikutnya: sorted(
      this.#all.filter(({ status }) => status === 'belum'),
      (row) => row.jadwal,
    ),
    semua: sorted(
      this.#all.filter(({ status }) => status !== 'batal'),
      momentOf,
    ),
  });
  readonly shown = $derived(this.tabs[this.tab]);
  /** Minutes that the guest waits who came first of those who wait; undefined if nobody does. */
  readonly longest_wait: number | undefined = $derived.by(() => {
    const since = this.#all.filter(({ status }) => status === 'menunggu').map(arrival);
    return since.length > 0 ? minutesSince(Math.min(...since)) : undefined;
  });

  async load(isOver: () => boolean): Promise<Result<unknown>> {
    const before = [...this.#rows.values()];
    const listed = await listToday();
    if (!listed.ok || isOver()) return listed;
    for (const row of before) {
      // What an event told while the list was on its way stays.
      const is_gone = !listed.data.some(({ id }) => id === row.id);
      if (is_gone && this.#rows.get(row.id) === row) this.#rows.delete(row.id);
    }
    for (const row of listed.data) this.merge(row);
    return listed;
  }

  /** Takes one copy; the larger `versi` wins. */
  merge(row: JanjiTemu): void {
    const known = this.#rows.get(row.id);
    if (known && known.versi > row.versi) return;
    // A guest of yesterday who is still here is in the book of today.
    if (row.tanggal === isoDate(clock.now) || (known && isOnSite(row))) this.#rows.set(row.id, row);
    else this.#rows.delete(row.id);
  }

  clear(): void {
    this.#rows.clear();
  }
}

export function isOnSite({ status }: JanjiTemu): boolean {
  return status === 'menunggu' || status === 'sedang berlangsung';
}

/** The arrival, or the time of who has not come. */
export function momentOf(row: JanjiTemu): string {
  return row.waktu_datang ?? row.jadwal;
}

/** Since when the visit is in its state: waiting since the arrival, with the guru since they met. */
export function stateMinutes(row: JanjiTemu): number {
  const since = row.status === 'sedang berlangsung' ? row.waktu_mulai : row.waktu_datang;
  return since ? minutesSince(Date.parse(since)) : 0;
}

function arrival(row: JanjiTemu): number {
  return Date.parse(momentOf(row));
}

function minutesSince(moment: number): number {
  return Math.max(0, Math.floor((clock.now - moment) / 60_000));
}

function sorted(rows: JanjiTemu[], by: (row: JanjiTemu) => string): JanjiTemu[] {
  return rows.sort((a, b) => by(a).localeCompare(by(b)) || a.id - b.id);
}
