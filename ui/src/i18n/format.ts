/** Times and dates as the language writes them, in the school's time zone. */
import { language } from './language.svelte';
import { sekolah } from './sekolah.svelte';

type Moment = string | number | Date;

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  name: string,
  options: Intl.DateTimeFormatOptions,
  locale = language.locale,
): Intl.DateTimeFormat {
  const key = `${name} ${locale} ${sekolah.zona_waktu}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { ...options, timeZone: sekolah.zona_waktu });
    formats.set(key, found);
  }
  return found;
}

/** 09.41, in English 09:41. */
export function timeText(moment: Moment): string {
  return format('jam', TIME).format(new Date(moment));
}

/** 09.41.08 */
export function timeWithSeconds(moment: Moment): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return format('detik', options).format(new Date(moment));
}

/** 23 November 2026 */
export function dateText(moment: Moment): string {
  return format('tanggal', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(moment));
}

/** 23 Nov 2026 */
export function compactDate(moment: Moment): string {
  return format('ringkas', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(moment));
}

/** Senin */
export function weekday(moment: Moment): string {
  return format('hari', { weekday: 'long' }).format(new Date(moment));
}

/** Rabu, 25 November 2026 */
export function longDate(moment: Moment): string {
  return `${weekday(moment)}, ${dateText(moment)}`;
}

/** 2026-11-23 in the school's zone. */
export function isoDate(moment: Moment): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory' } as const;
  // Taken by its parts, because no language writes dates in this order in every browser.
  const parts = format('isoDate', options, 'en').formatToParts(new Date(moment));
  const part = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** 09:41 in the school's zone, whatever the language. */
export function isoTime(moment: Moment): string {
  return format('isoTime', TIME, 'en-GB').format(new Date(moment));
}

/** Whole minutes from one moment to another, never negative. */
export function minutesBetween(from: Moment, to: Moment): number {
  return Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 60_000));
}

/** 4.05, in English 4:05. */
export function minutesAndSeconds(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}${language.code === 'id' ? '.' : ':'}${rest}`;
}

/** A day of the school, YYYY-MM-DD, as a moment in its middle. */
export function noonOf(iso: string): Date {
  return new Date(`${iso}T12:00:00Z`);
}

/** So many days later, YYYY-MM-DD. */
export function addDays(iso: string, days: number): string {
  const moment = noonOf(iso);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function mondayOf(iso: string): string {
  return addDays(iso, -((noonOf(iso).getUTCDay() + 6) % 7));
}

/** Senin, 23 November */
export function dayAndMonth(moment: Moment): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return format('hariBulan', options).format(new Date(moment));
}

/** Sel, 24 Nov */
export function shortDate(moment: Moment): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  return format('hariPendek', options).format(new Date(moment));
}

/** 2 Des; with the year if it is not this one's: 2 Des 2025. */
export function dayOfYear(moment: Moment, today: Moment): string {
  const options = { day: 'numeric', month: 'short' } as const;
  const is_this_year = isoDate(moment).slice(0, 4) === isoDate(today).slice(0, 4);
  const wanted = is_this_year
    ? format('hariBulanPendek', options)
    : format('hariBulanTahun', { ...options, year: 'numeric' });
  return wanted.format(new Date(moment));
}

/** Rab, 2 Des 2026 · 09.30 */
export function dayTimeText(tanggal: string, waktu: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return `${format('saat', options).format(noonOf(tanggal))} · ${clockText(waktu)}`;
}

/** Sel */
export function shortWeekday(moment: Moment): string {
  return format('namaHari', { weekday: 'short' }).format(new Date(moment));
}

/** November 2026; without the year: November. */
export function monthName(moment: Moment, with_year = true): string {
  const options = with_year
    ? format('bulanTahun', { month: 'long', year: 'numeric' })
    : format('bulan', { month: 'long' });
  return options.format(new Date(moment));
}

/** Nov 2026 */
export function shortMonth(moment: Moment): string {
  return format('bulanPendek', { month: 'short', year: 'numeric' }).format(new Date(moment));
}

/** 23 Nov */
export function dayText(moment: Moment): string {
  return format('hariBulanPendek', { day: 'numeric', month: 'short' }).format(new Date(moment));
}

/** 23 – 28 November 2026 */
export function dateRange(from: Moment, to: Moment): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return format('rentang', options).formatRange(new Date(from), new Date(to));
}

/** 09.30 – 10.00 */
export function timeRange(from: Moment, minutes: number): string {
  return `${timeText(from)} – ${timeText(new Date(from).getTime() + minutes * 60_000)}`;
}

/** A bare HH:MM as the language writes it. */
export function clockText(waktu: string): string {
  return language.code === 'id' ? waktu.replace(':', '.') : waktu;
}
