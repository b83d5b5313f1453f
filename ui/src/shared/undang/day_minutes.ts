/** Times of a day as minutes since midnight in the school, and which of them an appointment takes up. */
import type { JanjiTemu } from '../../api/types';

/** Of HH:MM. */
export function minutesOf(waktu: string): number {
  const [hours = 0, minutes = 0] = waktu.split(':').map(Number);
  return hours * 60 + minutes;
}

/** HH:MM of it. */
export function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** It is neither over nor called off. */
export function isLive({ status }: JanjiTemu): boolean {
  return status === 'belum' || status === 'menunggu' || status === 'sedang berlangsung';
}

/** Whether an appointment takes up some of the `length` minutes after `start`. */
export function overlaps(row: JanjiTemu, start: number, length: number): boolean {
  const begins = minutesOf(row.waktu);
  return isLive(row) && begins < start + length && start < begins + row.durasi_menit;
}
