/** The holidays of a year. Days in a row under one name stand on one row. */
import { deleteHariLibur, listHariLibur, setHariLibur } from '../../../api/hari_libur';
import type { Result } from '../../../api/result';
import type { HariLibur } from '../../../api/types';
import { addDays, isoDate } from '../../../i18n/format';
import { failureText } from '../../../i18n/failure';
import { clock } from '../../../shared/clock.svelte';
import { Loading } from '../../../shared/loading.svelte';

/** A holiday of one or more days. */
export type Libur = Pick<HariLibur, 'nama' | 'jenis' | 'perkiraan' | 'sumber'> & {
  dari: string;
  sampai: string;
};

export class LiburList {
  tahun = $state(Number(isoDate(clock.now).slice(0, 4)));
  rows = $state.raw<Libur[]>([]);
  /** The last one that was removed, while it can be brought back. */
  removed = $state.raw<Libur>();
  /** Appointments that the last change touches. */
  touched = $state(0);
  message = $state('');
  busy = $state(false);
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly day_count = $derived(
    this.rows.reduce((sum, { dari, sampai }) => sum + daysOf(dari, sampai).length, 0),
  );
  readonly predicted_count = $derived(this.rows.filter(({ perkiraan }) => perkiraan).length);

  choose(tahun: number): void {
    this.tahun = tahun;
    this.rows = [];
    this.loading.forget();
    void this.loading.load();
  }

  /** Sets a holiday in place of `before`. What is wrong, if something is. */
  async save(libur: Omit<Libur, 'sumber'>, before?: Libur): Promise<Result<unknown>> {
    const { dari, sampai, nama, jenis, perkiraan } = libur;
    const days = daysOf(dari, sampai);
    let touched = 0;
    for (const day of days) {
      const set = await setHariLibur(day, { nama, jenis, perkiraan });
      if (!set.ok) return set;
      touched += set.data.janji_terdampak;
    }
    if (before) {
      const gone = daysOf(before.dari, before.sampai).filter((day) => !days.includes(day));
      for (const day of gone) await deleteHariLibur(day);
    }
    this.touched = touched;
    this.removed = undefined;
    this.tahun = Number(dari.slice(0, 4));
    await this.loading.load();
    return { ok: true, data: undefined };
  }

  async remove(libur: Libur): Promise<void> {
    this.busy = true;
    this.message = '';
    for (const day of daysOf(libur.dari, libur.sampai)) {
      const gone = await deleteHariLibur(day);
      if (!gone.ok && !(gone.failure.kind === 'problem' && gone.failure.problem.status === 404)) {
        this.message = failureText(gone.failure);
        break;
      }
    }
    if (!this.message) this.removed = libur;
    this.touched = 0;
    await this.loading.load();
    this.busy = false;
  }

  /** Brings back what was removed. */
  async restore(): Promise<void> {
    const libur = this.removed;
    if (!libur || this.busy) return;
    this.busy = true;
    const saved = await this.save(libur);
    this.message = saved.ok ? '' : failureText(saved.failure);
    this.busy = false;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const listed = await listHariLibur(this.tahun);
    if (listed.ok && !isOver()) this.rows = joined(listed.data.data);
    return listed;
  }
}

/** Each day from the first to the last. */
export function daysOf(dari: string, sampai: string): string[] {
  const days: string[] = [];
  for (let day = dari; day <= sampai && days.length < 370; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Days that follow each other and are the same in all else are one. */
export function joined(days: HariLibur[]): Libur[] {
  const rows: Libur[] = [];
  for (const { tanggal, nama, jenis, perkiraan, sumber } of days) {
    const last = rows.at(-1);
    const is_same =
      last?.nama === nama && last.jenis === jenis && last.perkiraan === perkiraan && last.sumber === sumber;
    if (last && is_same && addDays(last.sampai, 1) === tanggal) last.sampai = tanggal;
    else rows.push({ nama, jenis, perkiraan, sumber, dari: tanggal, sampai: tanggal });
  }
  return rows;
}
