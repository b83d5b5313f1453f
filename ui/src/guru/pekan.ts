/** A week as a calendar: which hours it shows, and which appointments stand beside each other. */
import type { JanjiTemu } from '../api/types';
import { mengisi, menitOf } from './menit';

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
  const starts = rows.map((row) => Math.floor(menitOf(row.waktu) / 60));
  const ends = rows.map((row) => Math.ceil((menitOf(row.waktu) + row.durasi_menit) / 60));
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
  for (const row of rows.toSorted((a, b) => menitOf(a.waktu) - menitOf(b.waktu) || a.id - b.id)) {
    const mulai = menitOf(row.waktu) - dari_jam * 60;
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
  overdue: number,
): number[] {
  const places: number[] = [];
  for (let at = 0; at < (buka.sampai - buka.dari) * 60; at += PLACE_MINUTES) {
    const taken = rows.some((row) => mengisi(row, buka.dari * 60 + at, PLACE_MINUTES));
    if (at > overdue && !taken) places.push(at);
  }
  return places;
}
