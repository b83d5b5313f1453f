/** The main figures of a report, each against the period before it. */
import type { Laporan } from '../../api/types';
import { t } from '../../i18n/admin_laporan';
import { countText, decimalText, shareText, shortDecimal } from '../../i18n/number';
import { durationParts, durationText, type Part } from './duration';

export type FigureName = keyof typeof t.figur;
export type Direction = 'up' | 'down' | 'same' | 'none';
/** In words, because an arrow alone says nothing to who does not see it. */
export type Change = { direction: Direction; text: string };
export type Figure = {
  name: FigureName;
  /** Empty if there is nothing to tell. */
  value: Part[];
  /** The same of the period before; empty if that has none. */
  before: Part[];
  change?: Change;
  notes: string[];
};

/** `previous_name` is what the period before is called. */
export function figuresOf(report: Laporan, previous_name: string): Figure[] {
  const before = report.sebelumnya ?? undefined;
  const figure = (name: FigureName, kind: Kind, of: (report: Laporan) => Amount, notes: string[]): Figure => {
    const [now, then] = [of(report), before && of(before)];
    const change = now === undefined || !before ? undefined : changeOf(kind, now, then, previous_name);
    return {
      name,
      value: partsOf(kind, now),
      before: partsOf(kind, then),
      ...(change ? { change } : {}),
      notes: notes.filter(Boolean),
    };
  };
  const scheduled = scheduledIn(report);
  return [
    figure('kunjungan', 'count', ({ jumlah_kunjungan }) => jumlah_kunjungan, []),
    figure('orang', 'count', ({ jumlah_orang }) => jumlah_orang, [groupNote(report)]),
    figure('tepat', 'percent', (of) => known(of.persentase_tepat_waktu), [
      t.catatan.terlambat(report.jumlah_terlambat),
    ]),
    figure('tanpa_janji', 'count', ({ walk_in }) => walk_in, [
      report.jumlah_kunjungan > 0
        ? t.catatan.dari_kunjungan(shareText(report.walk_in, report.jumlah_kunjungan))
        : '',
    ]),
    figure('tidak_hadir', 'count', ({ tidak_hadir }) => tidak_hadir, [
      scheduled > 0 ? t.catatan.dari_janji(shareText(report.tidak_hadir, scheduled)) : '',
    ]),
    figure('tunggu', 'duration', (of) => known(of.waktu_tunggu_rata_rata_detik), [
      waitNote(report),
      report.tanpa_waktu_tunggu > 0 ? t.catatan.tanpa_data(report.tanpa_waktu_tunggu) : '',
    ]),
    figure('ulasan', 'rating', (of) => known(of.rating_rata_rata), [t.catatan.ulasan(report.jumlah_ulasan)]),
    figure('survei', 'index', (of) => of.survei?.indeks, [
      report.survei ? `${t.huruf[report.survei.huruf]} · ${t.catatan.responden(report.survei.jumlah)}` : '',
    ]),
  ];
}

/** Appointments that were scheduled in the period and not called off. */
export function scheduledIn({ per_status }: Laporan): number {
  const all = Object.values(per_status).reduce((sum, count) => sum + count, 0);
  return all - (per_status['batal'] ?? 0);
}

/** Whether nothing at all happened, or was to happen. */
export function isEmpty(report: Laporan): boolean {
  const appointments = Object.values(report.per_status).some((count) => count > 0);
  return report.jumlah_kunjungan === 0 && report.tidak_hadir === 0 && !appointments;
}

type Kind = 'count' | 'percent' | 'duration' | 'rating' | 'index';
type Amount = number | undefined;

const known = (value: number | null | undefined): Amount => value ?? undefined;

function partsOf(kind: Kind, amount: Amount): Part[] {
  if (amount === undefined) return [];
  switch (kind) {
    case 'count':
      return [{ text: countText(amount) }];
    case 'percent':
      return [{ text: shortDecimal(amount, amount > 99 && amount < 100 ? 1 : 0), unit: '%' }];
    case 'duration':
      return durationParts(amount);
    case 'rating':
      return [{ text: decimalText(amount), unit: t.dari5 }];
    case 'index':
      return [{ text: decimalText(amount, 2) }];
  }
}

/** By how much, rounded as the figures are: what is told as the same looks the same. */
function changeOf(kind: Kind, now: number, then: Amount, previous_name: string): Change {
  if (then === undefined) return { direction: 'none', text: t.ubah.dari_nol(previous_name) };
  if (kind === 'count' && then === 0 && now > 0)
    return { direction: 'up', text: t.ubah.dari_nol(previous_name) };
  const step = { count: 1, percent: 1, duration: 1, rating: 0.1, index: 0.01 }[kind];
  const steps = Math.round(now / step) - Math.round(then / step);
  if (steps === 0) return { direction: 'same', text: t.ubah.sama(previous_name) };
  const how_much = differenceText(kind, Math.abs(steps) * step, then);
  const is_more = steps > 0;
  const [more, less] =
    kind === 'duration' ? [t.ubah.lebih_lama, t.ubah.lebih_singkat] : [t.ubah.naik, t.ubah.turun];
  return { direction: is_more ? 'up' : 'down', text: (is_more ? more : less)(how_much, previous_name) };
}

function differenceText(kind: Kind, difference: number, then: number): string {
  switch (kind) {
    case 'count':
      // A per cent of few says nothing.
      return then < 20 ? countText(difference) : percentText((difference / then) * 100);
    case 'percent':
      return `${countText(difference)} ${t.poin}`;
    case 'duration':
      return durationText(difference);
    case 'rating':
      return decimalText(difference);
    case 'index':
      return decimalText(difference, 2);
  }
}

function percentText(percent: number): string {
  return percent < 1 ? t.ubah.kurang_satu : `${countText(percent)}%`;
}

function groupNote({ jumlah_orang, jumlah_kunjungan }: Laporan): string {
  if (jumlah_kunjungan === 0) return '';
  return t.catatan.kelompok(decimalText(jumlah_orang / jumlah_kunjungan));
}

function waitNote({ waktu_tunggu_median_detik: median, waktu_tunggu_p90_detik: p90 }: Laporan): string {
  if (median === null || median === undefined || p90 === null || p90 === undefined) return '';
  return t.catatan.tengah(durationText(median), durationText(p90));
}
