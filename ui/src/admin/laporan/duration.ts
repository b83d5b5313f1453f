/** Lengths of time as a report tells them. */
import { t } from '../../i18n/admin_laporan';

/** A number, and its unit in small letters. */
export type Part = { text: string; unit?: string };

/** 5 mnt 04 dtk; from an hour on 1 jam 05 mnt. */
export function durationParts(seconds: number): Part[] {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 60) return [{ text: String(whole), unit: t.dtk }];
  if (whole < 3600)
    return [
      { text: String(Math.floor(whole / 60)), unit: t.mnt },
      { text: two(whole % 60), unit: t.dtk },
    ];
  const minutes = Math.round(whole / 60);
  return [
    { text: String(Math.floor(minutes / 60)), unit: t.jam },
    { text: two(minutes % 60), unit: t.mnt },
  ];
}

export function durationText(seconds: number): string {
  return partsText(durationParts(seconds));
}

export function partsText(parts: Part[]): string {
  return parts
    .map(({ text, unit }) => (unit ? (unit.startsWith('%') ? text + unit : `${text} ${unit}`) : text))
    .join(' ');
}
