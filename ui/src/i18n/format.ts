/** Times, dates and numbers as the language writes them, in the school's time zone. */
import { bahasa } from './bahasa.svelte';
import { sekolah } from './sekolah.svelte';

type Moment = string | number | Date;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${bahasa.locale} ${sekolah.zona_waktu}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(bahasa.locale, { ...options, timeZone: sekolah.zona_waktu });
    formats.set(key, found);
  }
  return found;
}

/** 09.41, in English 09:41. */
export function jam(moment: Moment): string {
  return format('jam', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(moment));
}

/** 09.41.08 */
export function jamDetik(moment: Moment): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return format('detik', options).format(new Date(moment));
}

/** 23 November 2026 */
export function tanggal(moment: Moment): string {
  return format('tanggal', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(moment));
}

/** Senin */
export function hari(moment: Moment): string {
  return format('hari', { weekday: 'long' }).format(new Date(moment));
}

/** Rabu, 25 November 2026 */
export function hariTanggal(moment: Moment): string {
  return `${hari(moment)}, ${tanggal(moment)}`;
}

/** 2026-11-23 in the school's zone: tells one day from another. */
export function isoDate(moment: Moment): string {
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: sekolah.zona_waktu,
  } as const;
  return new Intl.DateTimeFormat('en-CA', options).format(new Date(moment));
}

/** 4,6 */
export function angka(value: number, digits = 0): string {
  return value.toLocaleString(bahasa.locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Whole minutes from one moment to another, never negative. */
export function menitAntara(from: Moment, to: Moment): number {
  return Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 60_000));
}
