/** A week as a calendar: which hours it shows, and which appointments stand beside each other. */
import type { JanjiTemu } from '../api/types';
import { overlaps, minutesOf } from '../shared/undang/day_minutes';

/** School hours. They grow if an appointment is earlier or later. */
const FIRST_HOUR = 7;
const LAST_HOUR = 15;
/** Shorter appointments are drawn this long, so that a name fits. */
const SHOWN_MINUTES_MIN = 25;

/** The length of a free place in the week. */
export const PLACE_MINUTES = 30;

type WeekItem = {
  row: JanjiTemu;
  /** Minutes since the first hour shown. */
  start_minute: number;
  length_minutes: number;
  /** The column, of `lanes` beside each other. */
  lane: number;
  lanes: number;
};

export function shownHours(rows: JanjiTemu[]): { dari: number; sampai: number } {
  const starts = rows.map((row) => Math.floor(minutesOf(row.waktu) / 60));
  const ends = rows.map((row) => Math.ceil((minutesOf(row.waktu) + row.durasi_menit) / 60));
  return {
    dari: Math.min(FIRST_HOUR, ...starts),
    sampai: Math.min(24, Math.max(LAST_HOUR, ...ends)),
  };
}

/** Places the appointments of a day. Those that overlap stand beside each other. */
export function arrange(rows: JanjiTemu[], first_hour: number): WeekItem[] {
  const placed: WeekItem[] = [];
  let group: WeekItem[] = [];
  let group_end = -1;
  const close = () => {
    const lanes = Math.max(0, ...group.map((item) => item.lane + 1));
    for (const item of group) item.lanes = lanes;
    group = [];
  };
  for (const row of rows.toSorted((a, b) => minutesOf(a.waktu) - minutesOf(b.waktu) || a.id - b.id)) {
    const start_minute = minutesOf(row.waktu) - first_hour * 60;
    const length_minutes = Math.max(row.durasi_menit, SHOWN_MINUTES_MIN);
    if (start_minute >= group_end) close();
    const taken = new Set(
      group.filter((item) => item.start_minute + item.length_minutes > start_minute).map((item) => item.lane),
    );
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    const item = { row, start_minute, length_minutes, lane, lanes: 1 };
    group.push(item);
    placed.push(item);
    group_end = Math.max(group_end, start_minute + length_minutes);
  }
  close();
  return placed;
}

/** Free half hours of a day that are still ahead, in minutes since the first hour shown. */
export function freePlaces(
  rows: JanjiTemu[],
  hours_open: { dari: number; sampai: number },
  /** Minutes since the first hour shown that have passed. */
  minutes_over: number,
): number[] {
  const places: number[] = [];
  for (let at = 0; at < (hours_open.sampai - hours_open.dari) * 60; at += PLACE_MINUTES) {
    const taken = rows.some((row) => overlaps(row, hours_open.dari * 60 + at, PLACE_MINUTES));
    if (at > minutes_over && !taken) places.push(at);
  }
  return places;
}
