/** Day, time and length of an appointment, typed or picked, with the guru's free times and what clashes. */
import { listFreeTimes, listHariGuru } from '../../api/guru';
import { listDays } from '../../api/janji_temu';
import { codeOf, ok, type Failure, type Result } from '../../api/result';
import type { HariGuru, JanjiTemu } from '../../api/types';
import { fieldTexts } from '../../i18n/failure';
import { dayAndMonth, dayTimeText, isoDate, isoTime, noonOf } from '../../i18n/format';
import { t } from '../../i18n/undang';
import { clock } from '../clock.svelte';
import { parseDayTime } from '../day_time';
import { Loading } from '../loading.svelte';
import { overlaps, minutesOf } from './day_minutes';

export const LENGTHS_MINUTES = [15, 30, 45, 60, 90, 120];
const QUARTER_MS = 15 * 60_000;

type FieldErrors = { tanggal?: string; waktu?: string };
/** A day on which the school is closed; the holiday's name, where it is one. */
type ClosedDay = { tanggal: string; nama: string | undefined };
type Clash = { others: JanjiTemu[]; free_time: string | undefined };

export class JadwalFields {
  /** Whose free times; undefined until somebody is chosen. */
  id_guru = $state<number>();
  tanggal = $state('');
  waktu = $state('');
  durasi_menit = $state(30);
  izinkan_bentrok = $state(false);
  clash = $state.raw<Clash>();
  /** Make it although the school is closed on that day. */
  izinkan_libur = $state(false);
  #closed = $state.raw<ClosedDay>();
  /** What there is to tell of the days of a month on screen. */
  hari = $state.raw<HariGuru[]>([]);
  #refused = $state.raw<FieldErrors>({});
  /** The text while it is typed; undefined while the field shows the chosen time. */
  draft = $state<string>();
  #is_unknown = $state(false);
  /** Nobody has chosen the time yet, so another day or length gets an offer of its own. */
  #is_offered = false;
  /** Free times of the day for this length, HH:MM; undefined until they are loaded. */
  free_times = $state.raw<string[]>();
  /** The last day that can be booked, as the server says; undefined until it is loaded. */
  last_day = $state<string>();
  readonly loading = new Loading((isOver) => this.#loadFreeTimes(isOver));

  readonly today = $derived(isoDate(clock.now));
  readonly text = $derived(this.draft ?? dayTimeText(this.tanggal, this.waktu));
  readonly #wrong: FieldErrors = $derived.by(() => {
    if (this.#is_unknown) return { waktu: t.formulir.waktu_tak_dikenal };
    const { last_day } = this;
    if (!last_day || this.tanggal <= last_day) return {};
    return { tanggal: t.formulir.tanggal_jauh(dayAndMonth(noonOf(last_day))) };
  });
  readonly errors: FieldErrors = $derived({ ...this.#refused, ...this.#wrong });
  /** The school is closed on the chosen day. */
  readonly closed = $derived(this.#closed?.tanggal === this.tanggal ? this.#closed : undefined);
  readonly is_complete = $derived(Object.keys(this.#wrong).length === 0);

  constructor(
    id_guru: number | undefined,
    day_time: { tanggal?: string | undefined; waktu?: string | undefined } = {},
    /** An appointment to be moved is not in its own way. */
    private readonly kecuali?: number,
  ) {
    this.id_guru = id_guru;
    // Begins with the next quarter of an hour, or with the morning of another day.
    const next = Math.ceil((clock.now + 1) / QUARTER_MS) * QUARTER_MS;
    const today = isoDate(next);
    this.tanggal = day_time.tanggal ?? today;
    this.waktu = day_time.waktu ?? (this.tanggal === today ? isoTime(next) : '08:00');
  }

  /**
   * Offers the first free time from `waktu` on, else the nearest one, unless somebody chose one meanwhile.
   */
  async offer(): Promise<void> {
    this.#is_offered = true;
    const { tanggal, waktu } = this;
    await this.loading.load();
    if (!this.#isStillOffered(tanggal, waktu)) return;
    this.waktu = this.free_times?.find((free) => free >= waktu) ?? this.#nearest(waktu) ?? waktu;
  }

  #isStillOffered(tanggal: string, waktu: string): boolean {
    return this.#is_offered && this.tanggal === tanggal && this.waktu === waktu;
  }

  /** Clears what was said of the fields before they changed. */
  changed(): void {
    this.clash = undefined;
    this.izinkan_bentrok = false;
    this.#refused = {};
  }

  take(waktu: string): void {
    this.#forgetDraft();
    this.#is_offered = false;
    this.waktu = waktu;
  }

  chooseDate(tanggal: string): void {
    this.#forgetDraft();
    this.izinkan_libur = false;
    this.tanggal = tanggal;
    this.#lookAgain();
  }

  /** The appointment is to be with somebody else, who is free at other times. */
  chooseGuru(id_guru: number | undefined): void {
    if (id_guru === this.id_guru) return;
    this.id_guru = id_guru;
    this.changed();
    this.hari = [];
    this.#lookAgain();
  }

  chooseLength(durasi_menit: number): void {
    this.changed();
    this.durasi_menit = durasi_menit;
    this.#lookAgain();
  }

  typed(text: string): void {
    this.changed();
    this.#is_offered = false;
    this.#is_unknown = false;
    this.draft = text;
  }

  /** Takes what was typed; false if it is neither a day nor a time. */
  apply(): boolean {
    if (this.draft === undefined) return true;
    const read = parseDayTime(this.draft, this, this.today);
    this.#is_unknown = read === undefined;
    if (!read) return false;
    const other_day = read.tanggal !== this.tanggal;
    this.draft = undefined;
    this.tanggal = read.tanggal;
    this.waktu = read.waktu;
    if (other_day) {
      this.izinkan_libur = false;
      this.#lookAgain();
    }
    return true;
  }

  stop(): void {
    this.loading.stop();
  }

  /** Of which days of a month (YYYY-MM) there is something to tell. Without an answer nothing is. */
  async showMonth(bulan: string): Promise<void> {
    if (this.id_guru === undefined) return;
    const told = await listHariGuru(this.id_guru, bulan);
    if (!told.ok) return;
    const others = this.hari.filter(({ tanggal }) => !tanggal.startsWith(bulan));
    this.hari = [...others, ...told.data.data];
  }

  /** What a request says of the day and the time. */
  request(): {
    tanggal: string;
    waktu: string;
    durasi_menit: number;
    izinkan_bentrok: boolean;
    izinkan_libur?: true;
  } {
    const { tanggal, waktu, durasi_menit, izinkan_bentrok } = this;
    const closed = this.closed && this.izinkan_libur ? { izinkan_libur: true as const } : {};
    return { tanggal, waktu, durasi_menit, izinkan_bentrok, ...closed };
  }

  #forgetDraft(): void {
    this.changed();
    this.draft = undefined;
    this.#is_unknown = false;
  }

  #lookAgain(): void {
    this.free_times = undefined;
    this.loading.forget();
    void (this.#is_offered ? this.offer() : this.loading.load());
  }

  async #loadFreeTimes(isOver: () => boolean): Promise<Result<unknown>> {
    if (this.id_guru === undefined) return ok(undefined);
    const free = await listFreeTimes(this.id_guru, this.tanggal, this.durasi_menit, this.kecuali);
    if (free.ok && !isOver()) {
      this.free_times = free.data.data.map(({ waktu }) => waktu);
      this.last_day = free.data.sampai;
      const { tutup, libur } = free.data;
      this.#closed = tutup ? { tanggal: this.tanggal, nama: libur ?? undefined } : undefined;
    }
    return free;
  }

  /** Shows what a refusal says of these fields; true if it was about them. */
  async refuse(failure: Failure): Promise<boolean> {
    if (failure.kind !== 'problem') return false;
    const errors = fieldTexts(failure);
    if (codeOf(failure) === 'bentrok') {
      const [day] = await Promise.all([listDays(this.tanggal, this.tanggal), this.loading.load()]);
      const free_time = this.#nearest(this.waktu) ?? failure.problem.waktu_kosong ?? undefined;
      this.clash = { others: day.ok ? this.#overlapping(day.data) : [], free_time };
      return true;
    }
    if (codeOf(failure) === 'hari_libur') {
      this.#closed = { tanggal: this.tanggal, nama: failure.problem.hari_libur ?? undefined };
      return true;
    }
    // Today itself cannot have passed, only the hour.
    const over = this.tanggal === isoDate(clock.now) ? errors['tanggal'] : undefined;
    const tanggal = over ? undefined : errors['tanggal'];
    const waktu = errors['waktu'] ?? over;
    this.#refused = {
      ...(tanggal ? { tanggal } : {}),
      ...(waktu ? { waktu } : {}),
    };
    return Object.keys(this.#refused).length > 0;
  }

  /** The nearest free time, before or after. */
  #nearest(waktu: string): string | undefined {
    const far = (free: string) => Math.abs(minutesOf(free) - minutesOf(waktu));
    return this.free_times?.filter((free) => free !== waktu).toSorted((a, b) => far(a) - far(b))[0];
  }

  #overlapping(rows: JanjiTemu[]): JanjiTemu[] {
    const start = minutesOf(this.waktu);
    return rows.filter(
      (row) =>
        row.id_guru === this.id_guru && row.id !== this.kecuali && overlaps(row, start, this.durasi_menit),
    );
  }
}
