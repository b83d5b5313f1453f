/** The holidays of a year. Days in a row under one name stand on one row. */
import { listHariLibur, replaceHariLibur } from '../../../api/hari_libur';
import { ok, type Result } from '../../../api/result';
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

type Day = Pick<HariLibur, 'tanggal' | 'nama' | 'jenis' | 'perkiraan' | 'sumber'>;

export class LiburList {
  tahun = $state(Number(isoDate(clock.now).slice(0, 4)));
  rows = $state.raw<Libur[]>([]);
  /** The last one that was removed, while it can be brought back. */
  removed = $state.raw<Libur>();
  /** The other holidays within the last one that was saved. */
  kept = $state.raw<Libur[]>([]);
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

  /** Sets a holiday in place of `before`. Days that are another holiday already stay that one: see `kept`. */
  async save(libur: Omit<Libur, 'sumber'>, before?: Libur): Promise<Result<unknown>> {
    const gone = before ? daysOf(before.dari, before.sampai) : [];
    const others = await this.#others(libur, gone);
    if (!others.ok) return others;
    const taken = others.data.map(({ tanggal }) => tanggal);
    this.kept = joined(others.data);
    const isi = rowsOf({ ...libur, sumber: 'manual' }).filter(({ tanggal }) => !taken.includes(tanggal));
    if (isi.length === 0) return ok(undefined);
    const saved = await this.#replace(gone, isi);
    if (!saved.ok) return saved;
    this.removed = undefined;
    this.tahun = Number(libur.dari.slice(0, 4));
    await this.loading.load();
    return saved;
  }

  async remove(libur: Libur): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const gone = await this.#replace(daysOf(libur.dari, libur.sampai));
    this.message = gone.ok ? '' : failureText(gone.failure);
    this.touched = 0;
    if (gone.ok) this.removed = libur;
    await this.loading.load();
    this.busy = false;
  }

  /** Brings back what was removed, as it was. */
  async restore(): Promise<void> {
    const libur = this.removed;
    if (!libur || this.busy) return;
    this.busy = true;
    const back = await this.#replace([], rowsOf(libur));
    this.message = back.ok ? '' : failureText(back.failure);
    if (back.ok) this.removed = undefined;
    await this.loading.load();
    this.busy = false;
  }

  /** The holidays of a span without those days. */
  async #others(
    { dari, sampai }: Pick<Libur, 'dari' | 'sampai'>,
    without: string[],
  ): Promise<Result<HariLibur[]>> {
    const others: HariLibur[] = [];
    for (let tahun = Number(dari.slice(0, 4)); tahun <= Number(sampai.slice(0, 4)); tahun += 1) {
      const listed = await listHariLibur(tahun);
      if (!listed.ok) return listed;
      others.push(...listed.data.data);
    }
    return ok(
      others.filter(({ tanggal }) => tanggal >= dari && tanggal <= sampai && !without.includes(tanggal)),
    );
  }

  async #replace(hapus: string[], isi: Day[] = []) {
    const changed = await replaceHariLibur({ hapus, isi });
    if (changed.ok) this.touched = changed.data.janji_terdampak;
    return changed;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const listed = await listHariLibur(this.tahun);
    if (listed.ok && !isOver()) this.rows = joined(listed.data.data);
    return listed;
  }
}

function rowsOf({ dari, sampai, ...more }: Libur): Day[] {
  return daysOf(dari, sampai).map((tanggal) => ({ tanggal, ...more }));
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
