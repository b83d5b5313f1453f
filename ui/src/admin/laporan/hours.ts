/** Arrivals by hour of the day and by day of the week. */
import type { Laporan } from '../../api/types';
import { clockText, noonOf, weekday } from '../../i18n/format';
import { t } from '../../i18n/admin_laporan';
import { shareText } from '../../i18n/number';
import { peakOf } from './arrivals';

export type Hour = { hour: number; count: number };

/** Every hour from the first to the last in which somebody came, so that a gap is seen as one. */
export function hoursOf({ per_jam }: Laporan): Hour[] {
  const counts = new Map(per_jam.filter(({ jumlah }) => jumlah > 0).map(({ jam, jumlah }) => [jam, jumlah]));
  if (counts.size === 0) return [];
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    hour: first + at,
    count: counts.get(first + at) ?? 0,
  }));
}

/** 09.00 */
export function hourText(hour: number): string {
  return clockText(`${String(hour % 24).padStart(2, '0')}:00`);
}

export function hoursSummary(hours: Hour[]): string {
  const peak = hours[peakOf(hours.map(({ count }) => count))];
  if (!peak) return t.tanpa_kunjungan;
  const all = hours.reduce((sum, { count }) => sum + count, 0);
  return t.ringkas_jam(hourText(peak.hour), hourText(peak.hour + 1), peak.count, shareText(peak.count, all));
}

/** A cell's shade, from 0 for nobody to 5 for the most. */
export type HeatCell = { count: number; level: number };
export type HeatMap = {
  /** 1 to 7 from Monday on; the weekend only if somebody came. */
  days: number[];
  rows: { hour: number; cells: HeatCell[]; count: number }[];
  day_counts: number[];
  count: number;
  /** Its numbers need more room. */
  is_wide: boolean;
};

const LEVELS = 5;
const WORKDAYS = 5;
const WIDE_FROM = 1000;

export function heatMapOf({ per_hari_jam }: Laporan): HeatMap {
  const found = per_hari_jam.filter(({ jumlah }) => jumlah > 0);
  const counts = new Map(found.map(({ hari, jam, jumlah }) => [`${hari} ${jam}`, jumlah]));
  const days = [1, 2, 3, 4, 5, 6, 7].filter(
    (day) => day <= WORKDAYS || found.some(({ hari }) => hari >= day),
  );
  const most = Math.max(0, ...counts.values());
  const hours = found.map(({ jam }) => jam);
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const rows = Array.from({ length: hours.length === 0 ? 0 : last - first + 1 }, (_, at) => {
    const cells = days.map((day) => {
      const count = counts.get(`${day} ${first + at}`) ?? 0;
      return { count, level: Math.ceil((count / most) * LEVELS) };
    });
    return { hour: first + at, cells, count: sumOf(cells.map(({ count }) => count)) };
  });
  const day_counts = days.map((_, at) => sumOf(rows.map(({ cells }) => cells[at]?.count ?? 0)));
  return { days, rows, day_counts, count: sumOf(day_counts), is_wide: most >= WIDE_FROM };
}

/** Senin for 1. */
export function weekdayName(day: number): string {
  return weekday(mondayAnd(day));
}

/** A Monday, and so many days after it. */
export function mondayAnd(day: number): Date {
  return noonOf(`2024-01-0${day}`);
}

export function heatSummary({ days, rows }: HeatMap): string {
  const cells = rows.flatMap(({ hour, cells }) => cells.map(({ count }, at) => ({ hour, count, at })));
  const peak = cells[peakOf(cells.map(({ count }) => count))];
  if (!peak) return t.tanpa_kunjungan;
  return t.ringkas_hari_jam(weekdayName(days[peak.at] ?? 1), hourText(peak.hour), peak.count);
}

function sumOf(counts: number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
