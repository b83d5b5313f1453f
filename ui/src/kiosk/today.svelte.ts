/** Today's appointments as the desk knows them: fetched whole, then kept up to date by events. */
import { SvelteMap } from 'svelte/reactivity';
import { listToday } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { isoDate, minutesBetween } from '../i18n/format';
import { sekolah } from '../i18n/sekolah.svelte';
import { clock } from '../shared/clock.svelte';
import { tanggapanOf, type Tanggapan } from '../shared/tanggapan';

/** Whether a guest has come and not left. */
export function isOnSite(row: JanjiTemu): boolean {
  return row.status === 'menunggu' || row.status === 'sedang berlangsung';
}

/** The answer that a waiting guest has. A guest who has met the guru was answered in person. */
export function tanggapanFor(row: JanjiTemu): Tanggapan | undefined {
  return row.status === 'menunggu' ? tanggapanOf(row) : undefined;
}

/** Whether the guest waits for a guru who cannot meet, so that somebody chooses what comes next. */
export function needsChoice(row: JanjiTemu): boolean {
  return tanggapanFor(row)?.jenis === 'tidak_bisa';
}

/** Whether the guest is not here, and later than the tolerance. */
export function isOverdue({ status, jadwal }: JanjiTemu, now: number): boolean {
  return status === 'belum' && minutesBetween(jadwal, now) > sekolah.toleransi_terlambat_menit;
}

/** Neither a correction of the guest nor another time zone of the school raises the visit's `versi`. */
function isShownAlike(one: JanjiTemu, other: JanjiTemu): boolean {
  const fields = ['nama_tamu', 'telp', 'instansi', 'tanggal', 'waktu'] as const;
  return fields.every((field) => one[field] === other[field]);
}

export class Today {
  readonly #rows = new SvelteMap<number, JanjiTemu>();
  /** The newest `versi` of each visit, also of those that are on another day now. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #versi = new Map<number, number>();
  /** A visit on screen that is not of today, as of yesterday's guest who leaves. */
  #shown = $state.raw<JanjiTemu>();
  /** When the server last told of the list or of a change in it, by its clock; 0 until the list is here. */
  fresh_at = $state(0);
  failure = $state.raw<Failure>();
  #loading: Promise<void> | undefined;

  readonly rows = $derived(
    [...this.#rows.values()].sort((a, b) => a.jadwal.localeCompare(b.jadwal) || a.id - b.id),
  );
  /** Not here yet. */
  readonly belum = $derived(this.rows.filter((row) => row.status === 'belum'));
  /** Still to come, in order of time, without the overdue ones. */
  readonly upcoming = $derived(this.belum.filter((row) => !isOverdue(row, clock.now)));
  /** Later than the tolerance. */
  readonly overdue = $derived(this.belum.filter((row) => isOverdue(row, clock.now)));
  readonly jumlah = $derived.by(() => {
    const came = this.rows.filter((row) => row.waktu_datang);
    return {
      janji: this.rows.filter((row) => row.jenis === 'janji' && row.status !== 'batal').length,
      langsung: this.rows.filter((row) => row.jenis === 'langsung').length,
      datang: came.length,
      menunggu: this.rows.filter((row) => row.status === 'menunggu').length,
      di_lokasi: this.rows.filter(isOnSite).length,
      terlambat: came.filter((row) => row.terlambat).length,
    };
  });

  find(id: number): JanjiTemu | undefined {
    return this.#rows.get(id) ?? (this.#shown?.id === id ? this.#shown : undefined);
  }

  /** Gurus who could not meet this guest today. */
  refusingGurus({ id_guru, id_tamu }: JanjiTemu): number[] {
    const refused = this.rows.filter(
      (row) => row.id_tamu === id_tamu && tanggapanOf(row)?.jenis === 'tidak_bisa',
    );
    return [id_guru, ...refused.map((row) => row.id_guru)];
  }

  /** Appointments of this guest that are still to come today. */
  janjiTemuOf(id_tamu: number): JanjiTemu[] {
    return this.belum.filter((row) => row.id_tamu === id_tamu && !row.rusak);
  }

  /** Takes one copy that is shown, of whatever day. */
  remember(row: JanjiTemu): void {
    this.merge(row);
    if (this.#shown?.id !== row.id || this.#shown.versi <= row.versi) this.#shown = row;
  }

  /** Takes one copy; the larger `versi` wins. */
  merge(row: JanjiTemu): void {
    // What the server tells makes the list fresh, unless the list could not be loaded.
    if (this.fresh_at && !this.failure) this.fresh_at = clock.now;
    const newest = this.#versi.get(row.id) ?? 0;
    const known = this.#rows.get(row.id);
    if (newest > row.versi || (known?.versi === row.versi && isShownAlike(known, row))) return;
    this.#versi.set(row.id, row.versi);
    // Today's list has neither yesterday's guest who is still here nor an appointment that was put off.
    if (row.tanggal === isoDate(clock.now)) this.#rows.set(row.id, row);
    else this.#rows.delete(row.id);
  }

  /** Loads the whole list. A second call meanwhile waits for the same load. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  /** Loads the whole list, and believes it whatever was known. */
  async renew(): Promise<void> {
    await this.#loading;
    const before = [...this.#rows.values()];
    const listed = await listToday();
    if (!listed.ok) {
      this.failure = listed.failure;
      return;
    }
    this.failure = undefined;
    this.#versi.clear();
    for (const { id } of before) this.#rows.delete(id);
    for (const row of listed.data) this.merge(row);
    if (this.#shown) this.#shown = listed.data.find(({ id }) => id === this.#shown?.id);
    this.fresh_at = clock.now;
  }

  clear(): void {
    this.#rows.clear();
    this.#versi.clear();
    this.#shown = undefined;
    this.fresh_at = 0;
    this.failure = undefined;
  }

  async #load(): Promise<void> {
    const before = [...this.#rows.values()];
    const listed = await listToday();
    if (!listed.ok) {
      this.failure = listed.failure;
      return;
    }
    this.failure = undefined;
    for (const row of before) {
      // Yesterday's rows go, and what was put off. What an event told while the list was on its way stays.
      const gone = !listed.data.some(({ id }) => id === row.id);
      if (gone && this.#rows.get(row.id) === row) this.#rows.delete(row.id);
    }
    for (const row of listed.data) this.merge(row);
    this.fresh_at = clock.now;
  }
}
