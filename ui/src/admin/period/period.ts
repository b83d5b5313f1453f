/**
 * The period that a report is about, as the address names it: `hari/2026-11-23`, `minggu/2026-11-23`, `bulan/2026-11`,
 * `rentang/2026-11-01/2026-11-23`, `tahun-ajaran/2026`. Days are YYYY-MM-DD of the school, both ends included.
 */
import { addDays, mondayOf, noonOf } from '../../i18n/format';

export const KINDS = ['hari', 'minggu', 'bulan', 'rentang', 'tahun-ajaran'] as const;
export type PeriodKind = (typeof KINDS)[number];

export type Period =
  | { kind: 'hari'; tanggal: string }
  /** `tanggal` is its Monday. */
  | { kind: 'minggu'; tanggal: string }
  | { kind: 'bulan'; bulan: string }
  | { kind: 'rentang'; dari: string; sampai: string }
  /** From July of the year on. */
  | { kind: 'tahun-ajaran'; year: number };

export type Bounds = { dari: string; sampai: string };

/** The longest range that the server answers. */
export const MAX_DAYS = 366 * 5;
/** No guest book is older, and dates before it are slips of the pen. */
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2100-12-31';
const SCHOOL_YEAR_MONTH = 7;

/** The period that the rest of an address names; undefined if it names none. */
export function parsePeriod(rest: string): Period | undefined {
  const [kind, first = '', second = '', ...more] = rest.split('/');
  if (more.length > 0) return undefined;
  switch (kind) {
    case 'hari':
      return isDay(first) && !second ? { kind, tanggal: first } : undefined;
    case 'minggu':
      return isDay(first) && !second ? { kind, tanggal: mondayOf(first) } : undefined;
    case 'bulan':
      return isDay(`${first}-01`) && !second ? { kind, bulan: first } : undefined;
    case 'rentang':
      return rangeFault(first, second) ? undefined : { kind, dari: first, sampai: second };
    case 'tahun-ajaran':
      return isDay(`${first}-07-01`) && !second ? { kind, year: Number(first) } : undefined;
    default:
      return undefined;
  }
}

/** What names the period in the address. */
export function restOf(period: Period): string {
  switch (period.kind) {
    case 'hari':
    case 'minggu':
      return `${period.kind}/${period.tanggal}`;
    case 'bulan':
      return `bulan/${period.bulan}`;
    case 'rentang':
      return `rentang/${period.dari}/${period.sampai}`;
    case 'tahun-ajaran':
      return `tahun-ajaran/${period.year}`;
  }
}

export function boundsOf(period: Period): Bounds {
  switch (period.kind) {
    case 'hari':
      return { dari: period.tanggal, sampai: period.tanggal };
    case 'minggu':
      return { dari: period.tanggal, sampai: addDays(period.tanggal, 6) };
    case 'bulan':
      return { dari: `${period.bulan}-01`, sampai: addDays(`${monthAfter(period.bulan, 1)}-01`, -1) };
    case 'rentang':
      return { dari: period.dari, sampai: period.sampai };
    case 'tahun-ajaran':
      return { dari: `${period.year}-07-01`, sampai: `${period.year + 1}-06-30` };
  }
}

/** The period of this kind that the day is in. As a range, the days of its month until then. */
export function periodAt(kind: PeriodKind, day: string): Period {
  switch (kind) {
    case 'hari':
      return { kind, tanggal: day };
    case 'minggu':
      return { kind, tanggal: mondayOf(day) };
    case 'bulan':
      return { kind, bulan: day.slice(0, 7) };
    case 'rentang':
      return { kind, dari: `${day.slice(0, 7)}-01`, sampai: day };
    case 'tahun-ajaran': {
      const year = Number(day.slice(0, 4));
      return { kind, year: Number(day.slice(5, 7)) < SCHOOL_YEAR_MONTH ? year - 1 : year };
    }
  }
}

/** So many periods of the same length later; earlier if `steps` is negative. */
export function moved(period: Period, steps: number): Period {
  switch (period.kind) {
    case 'hari':
      return { kind: 'hari', tanggal: addDays(period.tanggal, steps) };
    case 'minggu':
      return { kind: 'minggu', tanggal: addDays(period.tanggal, steps * 7) };
    case 'bulan':
      return { kind: 'bulan', bulan: monthAfter(period.bulan, steps) };
    case 'rentang': {
      const days = steps * daysIn(period);
      return { kind: 'rentang', dari: addDays(period.dari, days), sampai: addDays(period.sampai, days) };
    }
    case 'tahun-ajaran':
      return { kind: 'tahun-ajaran', year: period.year + steps };
  }
}

/** Another kind of period near the shown one: around today if it is in the shown one, else around its first day. */
export function changed(period: Period, kind: PeriodKind, today: string): Period {
  const { dari, sampai } = boundsOf(period);
  if (kind === 'rentang') return { kind, dari, sampai: sampai > today && dari <= today ? today : sampai };
  return periodAt(kind, dari <= today && today <= sampai ? today : dari);
}

export function daysIn({ dari, sampai }: Bounds): number {
  return Math.round((noonOf(sampai).getTime() - noonOf(dari).getTime()) / 86_400_000) + 1;
}

/** What keeps two days from being a range; undefined if nothing does. */
export function rangeFault(dari: string, sampai: string): 'tanggal' | 'urutan' | 'panjang' | undefined {
  if (!isDay(dari) || !isDay(sampai)) return 'tanggal';
  if (sampai < dari) return 'urutan';
  return daysIn({ dari, sampai }) > MAX_DAYS ? 'panjang' : undefined;
}

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return false;
  const day = noonOf(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** `bulan` is YYYY-MM. */
function monthAfter(bulan: string, months: number): string {
  const month = noonOf(`${bulan}-01`);
  month.setUTCMonth(month.getUTCMonth() + months);
  return month.toISOString().slice(0, 7);
}
