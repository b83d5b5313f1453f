/** Whether an appointment repeats every week, and until when. */
import { addDays, dayAndMonth, noonOf } from '../../i18n/format';
import { t } from '../../i18n/undang';
import { parseDayTime } from '../day_time';
import type { JadwalFields } from './jadwal_fields.svelte';

/** How many weeks are offered at first. */
const OFFERED_WEEKS = 4;

export class RepeatFields {
  is_on = $state(false);
  /** The text while it is typed; undefined while the field shows the chosen day. */
  draft = $state<string>();
  #chosen = $state('');
  #is_unknown = $state(false);
  #refused = $state('');

  /** The last day on which it may be, YYYY-MM-DD. */
  readonly sampai = $derived.by(() => {
    const { tanggal, last_day } = this.jadwal;
    if (this.#chosen) return this.#chosen;
    const offered = addDays(tanggal, 7 * (OFFERED_WEEKS - 1));
    return last_day && offered > last_day ? last_day : offered;
  });
  readonly text = $derived.by(() => this.draft ?? dayAndMonth(noonOf(this.sampai)));
  /** Its days, those on which the school is closed among them. */
  readonly days = $derived.by(() => {
    const days: string[] = [];
    for (let day = this.jadwal.tanggal; day <= this.sampai && days.length < 100; day = addDays(day, 7))
      days.push(day);
    return days;
  });
  readonly error = $derived.by(() => {
    if (!this.is_on) return '';
    const { tanggal, last_day } = this.jadwal;
    if (this.#is_unknown) return t.ulang.tak_dikenal;
    if (this.sampai < tanggal) return t.ulang.terlalu_awal;
    if (last_day && this.sampai > last_day) return t.formulir.tanggal_jauh(dayAndMonth(noonOf(last_day)));
    return this.#refused;
  });

  constructor(private readonly jadwal: JadwalFields) {}

  typed(text: string): void {
    this.draft = text;
    this.#is_unknown = false;
    this.#refused = '';
  }

  /** Takes what was typed; what is no day stays to be corrected. */
  apply(): void {
    if (this.draft === undefined) return;
    const { tanggal, today } = this.jadwal;
    const read = parseDayTime(this.draft, { tanggal, waktu: '12:00' }, today)?.tanggal;
    this.#is_unknown = read === undefined;
    if (!read) return;
    this.#chosen = read;
    this.draft = undefined;
  }

  request(): { ulang?: { setiap: 'minggu'; sampai: string } } {
    return this.is_on ? { ulang: { setiap: 'minggu', sampai: this.sampai } } : {};
  }

  /** Takes what the server says of these fields; true if it was about them. */
  refuse(errors: Record<string, string>): boolean {
    this.#refused = errors['ulang.sampai'] ?? errors['ulang'] ?? '';
    return this.#refused !== '';
  }
}
