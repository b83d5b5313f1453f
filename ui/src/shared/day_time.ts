/** A day and a time as people type them, in Indonesian or English: `1100`, `11.00`, `2/12`, `2 Des 9.30`. */
import { addDays, noonOf } from '../i18n/format';

/** `tanggal` YYYY-MM-DD, `waktu` HH:MM. */
type DayTime = { tanggal: string; waktu: string };

const MONTHS = [
  ['jan'],
  ['feb'],
  ['mar'],
  ['apr'],
  ['mei', 'may'],
  ['jun'],
  ['jul'],
  ['agu', 'agt', 'aug'],
  ['sep'],
  ['okt', 'oct'],
  ['nov'],
  ['des', 'dec'],
];
/** From Sunday on. */
const DAYS = [
  ['min', 'ahad', 'sun'],
  ['sen', 'mon'],
  ['sel', 'tue'],
  ['rab', 'wed'],
  ['kam', 'thu'],
  ['jum', 'fri'],
  ['sab', 'sat'],
];
const IN_DAYS: Record<string, number> = { 'hari ini': 0, today: 0, besok: 1, tomorrow: 1, lusa: 2 };
const MONTH = `(?<month>(?:${MONTHS.flat().join('|')})\\p{L}*)\\.?`;
const YEAR = '(?: (?<year>\\d{4}))?(?=\\s)';
const DAY_MONTH = new RegExp(`\\b(?<day>\\d{1,2}) ${MONTH}${YEAR}`, 'u');
const MONTH_DAY = new RegExp(`\\b${MONTH} (?<day>\\d{1,2})${YEAR}`, 'u');
/** Words around a time that mean nothing. */
const FILLERS = /\b(?:pukul|pkl|jam|hari|tanggal|tgl|wib|wita|wit|at|on)\b/g;

/** What was typed. A missing day or time comes from `chosen`. Undefined if it is neither. */
export function parseDayTime(text: string, chosen: DayTime, today: string): DayTime | undefined {
  const rest = { text: ` ${text.toLowerCase().replace(/[·,–]/g, ' ').replace(/\s+/g, ' ')} ` };
  const day = takeDay(rest, today);
  if (day === null) return undefined;
  rest.text = rest.text.replace(FILLERS, ' ');
  const time = takeTime(rest);
  if (time === null || rest.text.trim() !== '' || (!day && !time)) return undefined;
  return { tanggal: day ?? chosen.tanggal, waktu: time ?? chosen.waktu };
}

type Rest = { text: string };

/** Cuts out what matches. */
function take(rest: Rest, pattern: RegExp): RegExpMatchArray | null {
  const found = pattern.exec(rest.text);
  if (found) rest.text = rest.text.replace(found[0], ' ');
  return found;
}

/** Undefined if no day is named, null if there is no such day. */
function takeDay(rest: Rest, today: string): string | null | undefined {
  for (const [word, days] of Object.entries(IN_DAYS)) {
    if (take(rest, new RegExp(`\\b${word}\\b`))) return addDays(today, days);
  }
  const weekday = takeWeekday(rest);
  const iso = take(rest, /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/);
  if (iso) return dayOf(Number(iso[3]), Number(iso[2]), today, iso[1]);
  const numbers =
    take(rest, /\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?\b/) ??
    take(rest, /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/);
  if (numbers) return dayOf(Number(numbers[1]), Number(numbers[2]), today, numbers[3]);
  const named = take(rest, DAY_MONTH) ?? take(rest, MONTH_DAY);
  if (named?.groups) {
    const { day, month, year } = named.groups;
    return dayOf(Number(day), indexOf(MONTHS, month ?? '') + 1, today, year);
  }
  if (weekday === undefined) return undefined;
  const ahead = (weekday - noonOf(today).getUTCDay() + 7) % 7;
  return addDays(today, ahead);
}

function takeWeekday(rest: Rest): number | undefined {
  for (const word of rest.text.match(/\p{L}{3,}/gu) ?? []) {
    const at = indexOf(DAYS, word);
    if (at < 0 || indexOf(MONTHS, word) >= 0) continue;
    take(rest, new RegExp(`\\b${word}\\b\\.?`));
    return at;
  }
  return undefined;
}

function indexOf(names: string[][], word: string): number {
  return names.findIndex((starts) => starts.some((start) => word.startsWith(start)));
}

/** Without a year it is the next such day. */
function dayOf(day: number, month: number, today: string, year?: string): string | null {
  const this_year = Number(today.slice(0, 4));
  const in_year = (chosen: number) => `${chosen}-${two(month)}-${two(day)}`;
  let iso = in_year(year ? (year.length === 2 ? 2000 + Number(year) : Number(year)) : this_year);
  if (!year && iso < today) iso = in_year(this_year + 1);
  const real = noonOf(iso);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(iso) ? iso : null;
}

/** Undefined if no time is named, null if there is no such time. */
function takeTime(rest: Rest): string | null | undefined {
  const found =
    take(rest, /\b(\d{1,2})[.:](\d{2})(?::\d{2})?(?= |[ap]m)/) ??
    take(rest, /\b(\d{1,2})(\d{2})(?= |[ap]m)/) ??
    take(rest, /\b(\d{1,2})(?= |[ap]m)/);
  if (!found) return undefined;
  const half = take(rest, /\b([ap])m\b/);
  let hours = Number(found[1]);
  const minutes = Number(found[2] ?? 0);
  if (half) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half[1] === 'p' ? 12 : 0);
  }
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
