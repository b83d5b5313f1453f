/** A week as a calendar: which hours it shows, and which appointments stand beside each other. */
import type { JanjiTemu } from '../api/types';

/** School hours; they grow where an appointment is earlier or later. */
const FIRST_HOUR = 7;
const LAST_HOUR = 15;
/** Shorter ones are drawn as long as this, so that a name fits. */
const SHOWN_MINUTES_MIN = 25;

/** An empty place in the week is so long. */
export const PLACE_MINUTES = 30;

export type Acara = {
  row: JanjiTemu;
  /** Minutes since the first hour shown. */
  mulai: number;
  lama: number;
  /** Which of so many columns beside each other. */
  lajur: number;
  lajur_semua: number;
};

export function jamTampil(rows: JanjiTemu[]): { dari: number; sampai: number } {
  const starts = rows.map((row) => Math.floor(minutesOf(row) / 60));
  const ends = rows.map((row) => Math.ceil((minutesOf(row) + row.durasi_menit) / 60));
  return {
    dari: Math.min(FIRST_HOUR, ...starts),
    sampai: Math.min(24, Math.max(LAST_HOUR, ...ends)),
  };
}

/** A day's, each with its place. Those that overlap stand beside each other. */
export function susun(rows: JanjiTemu[], dari_jam: number): Acara[] {
  const placed: Acara[] = [];
  let group: Acara[] = [];
  let group_end = -1;
  const close = () => {
    const lanes = Math.max(0, ...group.map((item) => item.lajur + 1));
    for (const item of group) item.lajur_semua = lanes;
    group = [];
  };
  for (const row of rows.toSorted((a, b) => minutesOf(a) - minutesOf(b) || a.id - b.id)) {
    const mulai = minutesOf(row) - dari_jam * 60;
    const lama = Math.max(row.durasi_menit, SHOWN_MINUTES_MIN);
    if (mulai >= group_end) close();
    const taken = new Set(group.filter((item) => item.mulai + item.lama > mulai).map((item) => item.lajur));
    let lajur = 0;
    while (taken.has(lajur)) lajur += 1;
    const item = { row, mulai, lama, lajur, lajur_semua: 1 };
    group.push(item);
    placed.push(item);
    group_end = Math.max(group_end, mulai + lama);
  }
  close();
  return placed;
}

/** Half hours of a day that nobody has and that are still ahead, in minutes since the first hour shown. */
export function tempatKosong(
  rows: JanjiTemu[],
  buka: { dari: number; sampai: number },
  /** Minutes since the first hour shown that are over. */
  lewat: number,
): number[] {
  const busy = rows
    .filter((row) => ['belum', 'menunggu', 'sedang berlangsung'].includes(row.status))
    .map((row) => ({ from: minutesOf(row) - buka.dari * 60, minutes: row.durasi_menit }));
  const places: number[] = [];
  for (let at = 0; at < (buka.sampai - buka.dari) * 60; at += PLACE_MINUTES) {
    const taken = busy.some(({ from, minutes }) => from < at + PLACE_MINUTES && at < from + minutes);
    if (at > lewat && !taken) places.push(at);
  }
  return places;
}

/** HH:MM of a place. */
export function waktuTempat(dari_jam: number, menit: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(dari_jam + Math.floor(menit / 60))}:${two(menit % 60)}`;
}

/** Since midnight in the school. */
function minutesOf(row: JanjiTemu): number {
  const [hours = 0, minutes = 0] = row.waktu.split(':').map(Number);
  return hours * 60 + minutes;
}
