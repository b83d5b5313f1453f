/** Arrivals over time, put together so that each bar can still be told from its neighbour. */
import type { Laporan } from '../../api/types';
import {
  dateRange,
  dayText,
  longDate,
  mondayOf,
  monthName,
  noonOf,
  shortMonth,
  shortWeekday,
} from '../../i18n/format';
import { t } from '../../i18n/admin_laporan';
import { decimalText } from '../../i18n/number';

export type Span = 'hari' | 'minggu' | 'bulan';
export type Bucket = {
  /** First day, YYYY-MM-DD. */
  from: string;
  count: number;
  /** Of these, without an appointment. */
  walk_in: number;
};
export type Arrivals = { span: Span; buckets: Bucket[] };

const MOST_DAYS = 62;
const MOST_WEEKS = 54;

export function arrivalsOf({ per_hari }: Laporan): Arrivals {
  const span: Span =
    per_hari.length <= MOST_DAYS ? 'hari' : per_hari.length <= MOST_WEEKS * 7 ? 'minggu' : 'bulan';
  const buckets: Bucket[] = [];
  for (const { tanggal, jumlah, walk_in } of per_hari) {
    const key = keyOf(span, tanggal);
    const last = buckets.at(-1);
    if (last && keyOf(span, last.from) === key) {
      last.count += jumlah;
      last.walk_in += walk_in;
    } else buckets.push({ from: tanggal, count: jumlah, walk_in });
  }
  return { span, buckets };
}

function keyOf(span: Span, day: string): string {
  return span === 'hari' ? day : span === 'minggu' ? mondayOf(day) : day.slice(0, 7);
}

/** The place of the highest bar, the earliest if there are several; -1 if nobody came. */
export function peakOf(counts: readonly number[]): number {
  const most = Math.max(0, ...counts);
  return most === 0 ? -1 : counts.indexOf(most);
}

/** A bucket's whole name, for tables. */
export function bucketName(span: Span, from: string): string {
  const day = noonOf(from);
  return span === 'bulan' ? monthName(day) : longDate(day);
}

/** As short as it can be under its bar. */
export function bucketLabel(span: Span, from: string, has_room = false): string {
  const day = noonOf(from);
  if (span === 'hari' && has_room) return `${shortWeekday(day)} ${Number(from.slice(8))}`;
  if (span === 'hari') return String(Number(from.slice(8)));
  return span === 'minggu' ? dayText(day) : shortMonth(day);
}

/** One sentence that says what the chart shows. */
export function arrivalsSummary({ span, buckets }: Arrivals): string {
  const peak = buckets[peakOf(buckets.map(({ count }) => count))];
  if (!peak) return t.tanpa_kunjungan;
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  // Without guests are holidays, most of the time, and what is still to come.
  const mean = decimalText(all / buckets.filter(({ count }) => count > 0).length);
  switch (span) {
    case 'hari':
      return t.ringkas_hari(longDate(noonOf(peak.from)), peak.count, mean);
    case 'minggu':
      return t.ringkas_minggu(dayText(noonOf(peak.from)), peak.count, mean);
    case 'bulan':
      return t.ringkas_bulan(monthName(noonOf(peak.from)), peak.count, mean);
  }
}

/** The days that a table's rows begin and end with. */
export function spanText(dari: string, sampai: string): string {
  return dari === sampai ? longDate(noonOf(dari)) : dateRange(noonOf(dari), noonOf(sampai));
}
