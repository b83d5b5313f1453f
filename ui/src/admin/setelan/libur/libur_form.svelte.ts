/** One holiday as it is entered. */
import type { Failure } from '../../../api/result';
import type { JenisLibur } from '../../../api/types';
import { t } from '../../../i18n/admin_setelan';
import { failureText, fieldTexts } from '../../../i18n/failure';
import { dateText, isoDate, noonOf } from '../../../i18n/format';
import { clock } from '../../../shared/clock.svelte';
import { parseDayTime } from '../../../shared/day_time';
import { daysOf, type Libur, type LiburList } from './libur_list.svelte';

/** A holiday has at most a year. */
const DAYS_MAX = 366;
type FieldErrors = { dari?: string; sampai?: string; nama?: string };

export class LiburForm {
  dari = $state('');
  sampai = $state('');
  nama = $state('');
  jenis = $state<JenisLibur>('sekolah');
  perkiraan = $state(false);
  busy = $state(false);
  message = $state('');
  #attempted = $state(false);
  #refused = $state.raw<FieldErrors>({});
  readonly #first = $derived(dayOf(this.dari));
  readonly #last = $derived(this.sampai.trim() ? dayOf(this.sampai) : this.#first);
  readonly #wrong = $derived.by(() => {
    const wrong: FieldErrors = {};
    if (!this.#first) wrong.dari = t.libur.tanggal_salah;
    if (!this.#last) wrong.sampai = t.libur.tanggal_salah;
    else if (this.#first && this.#last < this.#first) wrong.sampai = t.libur.terbalik;
    else if (this.#first && daysOf(this.#first, this.#last).length > DAYS_MAX)
      wrong.sampai = t.libur.terlalu_lama;
    if (!this.nama.trim()) wrong.nama = t.libur.nama_kosong;
    return wrong;
  });
  readonly errors: FieldErrors = $derived(
    this.#attempted ? { ...this.#refused, ...this.#wrong } : this.#refused,
  );
  #start = '';
  readonly is_changed = $derived.by(() => this.#entered() !== this.#start);

  constructor(
    private readonly list: LiburList,
    readonly before?: Libur,
  ) {
    if (before) {
      this.dari = dateText(noonOf(before.dari));
      this.sampai = before.sampai === before.dari ? '' : dateText(noonOf(before.sampai));
      this.nama = before.nama;
      this.jenis = before.jenis;
      this.perkiraan = before.perkiraan;
    }
    this.#start = this.#entered();
  }

  #entered(): string {
    return JSON.stringify([this.dari, this.sampai, this.nama.trim(), this.jenis, this.perkiraan]);
  }

  typed(): void {
    this.#refused = {};
    this.message = '';
  }

  /** Shows a day as it was understood. */
  apply(name: 'dari' | 'sampai'): void {
    const day = dayOf(this[name]);
    if (day) this[name] = dateText(noonOf(day));
  }

  /** Whether it was kept. */
  async save(): Promise<boolean> {
    this.#attempted = true;
    const [dari, sampai] = [this.#first, this.#last];
    if (this.busy || !dari || !sampai || Object.keys(this.#wrong).length > 0) return false;
    this.busy = true;
    this.message = '';
    const { nama, jenis, perkiraan } = this;
    const saved = await this.list.save({ dari, sampai, nama: nama.trim(), jenis, perkiraan }, this.before);
    this.busy = false;
    if (!saved.ok) this.#refuse(saved.failure);
    else if (this.#is_all_taken(dari, sampai)) {
      this.#refused = { dari: t.libur.sudah_libur(this.list.kept.map((other) => other.nama)) };
      return false;
    }
    return saved.ok;
  }

  /** Each of the days is another holiday, so nothing was saved. */
  #is_all_taken(dari: string, sampai: string): boolean {
    const taken = this.list.kept.flatMap((other) => daysOf(other.dari, other.sampai));
    return taken.length === daysOf(dari, sampai).length;
  }

  #refuse(failure: Failure): void {
    const { nama, tanggal } = fieldTexts(failure);
    this.#refused = { ...(nama ? { nama } : {}), ...(tanggal ? { dari: tanggal } : {}) };
    if (Object.keys(this.#refused).length === 0) this.message = failureText(failure);
  }
}

/** YYYY-MM-DD of a day as people type it. */
function dayOf(text: string): string | undefined {
  const today = isoDate(clock.now);
  return text.trim() ? parseDayTime(text, { tanggal: today, waktu: '12:00' }, today)?.tanggal : undefined;
}
