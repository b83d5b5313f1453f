/** The book, searched and filtered: who is in the building, who is still to come, who is overdue, and tomorrow's. */
import { listDays } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { isoDate, addDays } from '../i18n/format';
import { matches } from '../shared/folded_words';
import { clock } from '../shared/clock.svelte';
import { tamuName } from '../shared/names';
import { isOnSite, isOverdue } from './today.svelte';
import type { Kiosk } from './kiosk.svelte';
import type { BookFilter } from './screen';
import { PendingMove } from './pending_move.svelte';

export const FILTERS: BookFilter[] = ['semua', 'di_gedung', 'akan_datang', 'terlambat', 'besok'];

export class BookSearch {
  q = $state('');
  filter = $state<BookFilter>('semua');
  /** Tomorrow's appointments; undefined until they are loaded. */
  tomorrow = $state.raw<JanjiTemu[]>();
  failure = $state.raw<Failure>();
  #id = $state<number>();
  readonly move: PendingMove;

  readonly #day_rows = $derived.by(() =>
    this.filter === 'besok' ? (this.tomorrow ?? []) : this.kiosk.today.rows,
  );
  readonly rows = $derived.by(() => {
    // Numbers are stored as +62812…, but nobody types them so.
    const q = this.q.replace(/(?<![\d+])0(?=\d{3})/g, '');
    return this.#day_rows.filter((row) => {
      if (!fits(row, this.filter, clock.now)) return false;
      const { nama_tamu, nama_guru, jabatan_guru, keperluan, instansi, telp } = row;
      return matches(
        [tamuName(row), nama_tamu, nama_guru, jabatan_guru, keperluan, instansi, telp].join(' '),
        q,
      );
    });
  });
  readonly selected = $derived(this.#day_rows.find((row) => row.id === this.#id));
  /** Whether the list is loaded. */
  readonly is_loaded = $derived.by(() =>
    this.filter === 'besok' ? this.tomorrow !== undefined : this.kiosk.today.fresh_at > 0,
  );
  /** The first row that is still ahead. The book opens there. */
  readonly now_id = $derived(
    this.filter === 'semua' && !this.q
      ? this.rows.find((row) => Date.parse(row.jadwal) >= clock.now)?.id
      : undefined,
  );

  constructor(
    private readonly kiosk: Kiosk,
    filter: BookFilter = 'semua',
  ) {
    this.move = new PendingMove(kiosk);
    this.show(filter);
  }

  show(filter: BookFilter): void {
    this.filter = filter;
    if (filter === 'besok') void this.loadTomorrow();
  }

  async loadTomorrow(): Promise<void> {
    const tomorrow = addDays(isoDate(clock.now), 1);
    const listed = await listDays(tomorrow, tomorrow);
    this.failure = listed.ok ? undefined : listed.failure;
    if (listed.ok) this.tomorrow = listed.data;
  }

  choose(row: JanjiTemu): void {
    this.#id = row.id;
    this.move.message = '';
  }

  /** Chooses the only hit; false if there are none or several. */
  chooseOnly(): boolean {
    const [only, ...others] = this.rows;
    if (!only || others.length > 0) return false;
    this.choose(only);
    return true;
  }

  /** Loads the list again after something was done with a row. */
  changed(): void {
    if (this.filter === 'besok') void this.loadTomorrow();
    else void this.kiosk.today.load();
  }
}

function fits(row: JanjiTemu, filter: BookFilter, now_id: number): boolean {
  switch (filter) {
    case 'di_gedung':
      return isOnSite(row);
    case 'akan_datang':
      return row.status === 'belum' && !isOverdue(row, now_id);
    case 'terlambat':
      return isOverdue(row, now_id);
    default:
      return true;
  }
}
