/** The guru's own appointments of the days that were loaded. Events keep them up to date. */
import { SvelteMap } from 'svelte/reactivity';
import { listDays } from '../api/janji_temu';
import type { JanjiTemu } from '../api/types';
import { isoDate, addDays } from '../i18n/format';
import { clock } from '../shared/clock.svelte';
import { Loading } from '../shared/loading.svelte';
import { answerHolds } from '../shared/tanggapan';

export class Agenda {
  readonly #rows = new SvelteMap<number, JanjiTemu>();
  #dari = '';
  #sampai = '';

  constructor(
    private readonly listener: {
      /** These days are loaded, and what goes with them may be too. */
      loads?: (dari: string, sampai: string) => void;
      /** A newer copy takes the place of another one. */
      changed?: (before: JanjiTemu, now: JanjiTemu) => void;
    } = {},
  ) {}

  /** YYYY-MM-DD in the school. */
  readonly today = $derived(isoDate(clock.now));
  readonly tomorrow = $derived(addDays(this.today, 1));
  readonly #all = $derived(
    [...this.#rows.values()].sort((a, b) => a.jadwal.localeCompare(b.jadwal) || a.id - b.id),
  );
  /** Guests in the lobby. Those without an answer come first, and among them whoever came first. */
  readonly menunggu = $derived(
    this.#all
      .filter((row) => row.status === 'menunggu')
      .sort(
        (a, b) =>
          isAnswered(a, clock.now) - isAnswered(b, clock.now) ||
          (a.waktu_datang ?? '').localeCompare(b.waktu_datang ?? ''),
      ),
  );
  readonly berlangsung = $derived(this.#all.filter((row) => row.status === 'sedang berlangsung'));

  /** Today and tomorrow. */
  readonly near_days = new Loading((isOver) => this.#fetch(this.today, this.tomorrow, isOver));
  /** The days on screen. */
  readonly shown_days = new Loading((isOver) => this.#fetch(this.#dari, this.#sampai, isOver));

  find(id: number): JanjiTemu | undefined {
    return this.#rows.get(id);
  }

  /** The appointments of a day, in order of time. */
  of(tanggal: string): JanjiTemu[] {
    return this.#all.filter((row) => row.tanggal === tanggal);
  }

  /** Takes one copy; the larger `versi` wins. Another time zone shows the same one at another time. */
  merge(row: JanjiTemu): void {
    const known = this.#rows.get(row.id);
    if (known && known.id_guru !== row.id_guru && row.versi > known.versi) {
      // It was handed over to somebody else.
      this.#rows.delete(row.id);
      return;
    }
    const is_moved =
      known?.versi === row.versi && (known.tanggal !== row.tanggal || known.waktu !== row.waktu);
    if (known && known.versi >= row.versi && !is_moved) return;
    this.#rows.set(row.id, row);
    if (known) this.listener.changed?.(known, row);
  }

  /** Shows these days, and loads them. */
  show(dari: string, sampai: string): void {
    if (dari === this.#dari && sampai === this.#sampai) return;
    this.#dari = dari;
    this.#sampai = sampai;
    this.shown_days.forget();
    void this.shown_days.load();
  }

  /** Loads again what is on screen. */
  refresh(): void {
    void this.near_days.load();
    if (this.#dari) void this.shown_days.load();
  }

  clear(): void {
    this.near_days.forget();
    this.shown_days.forget();
    this.#rows.clear();
    this.#dari = '';
  }

  async #fetch(dari: string, sampai: string, isOver: () => boolean) {
    const before = this.#all.filter((row) => dari <= row.tanggal && row.tanggal <= sampai);
    this.listener.loads?.(dari, sampai);
    const listed = await listDays(dari, sampai);
    if (listed.ok && !isOver()) {
      for (const row of before) {
        // It is on another day now. What an event told while the list was on its way stays.
        const gone = !listed.data.some(({ id }) => id === row.id);
        if (gone && this.#rows.get(row.id) === row) this.#rows.delete(row.id);
      }
      listed.data.forEach((row) => this.merge(row));
    }
    return listed;
  }
}

/** 1 if the guest has an answer that holds, so that they sort last. */
function isAnswered(row: JanjiTemu, now_ms: number): 0 | 1 {
  return answerHolds(row, now_ms) ? 1 : 0;
}
