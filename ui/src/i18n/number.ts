/** Numbers as the language writes them. */
import { language } from './language.svelte';

const formats = new Map<string, Intl.NumberFormat>();

function format(least_digits: number, most_digits: number): Intl.NumberFormat {
  const key = `${language.locale} ${least_digits} ${most_digits}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(language.locale, {
      minimumFractionDigits: least_digits,
      maximumFractionDigits: most_digits,
    });
    formats.set(key, found);
  }
  return found;
}

/** 1.204, in English 1,204. */
export function countText(count: number): string {
  return format(0, 0).format(count);
}

/** 4,6 with one digit, 88,36 with two. */
export function decimalText(value: number, digits = 1): string {
  return format(digits, digits).format(value);
}

/** 86 or 9,5: without needless digits. */
export function shortDecimal(value: number, digits = 1): string {
  return format(0, digits).format(value);
}

/** A part of a whole in whole per cent, told as less than one where it is not nothing. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0%';
  const percent = (part / whole) * 100;
  if (percent < 1) return '< 1%';
  // What is not all of it is not told as all of it.
  return `${countText(part < whole ? Math.min(99, Math.round(percent)) : 100)}%`;
}

/** Where the server stops counting: hits of a search, audit entries that were filtered, and rows of any list. */
const COUNTED_TO = [1000, 10_000, 100_000];

/** How many rows a list has, where the server may have counted no further. */
export function totalText(total: number): string {
  return COUNTED_TO.includes(total) ? `${countText(total)}+` : countText(total);
}
