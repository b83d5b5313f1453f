/** Times of a day as minutes since midnight in the school, and which of them an appointment takes up. */
import type { JanjiTemu } from '../api/types';

/** Of HH:MM. */
export function menitOf(waktu: string): number {
  const [hours = 0, minutes = 0] = waktu.split(':').map(Number);
  return hours * 60 + minutes;
}

/** HH:MM of it. */
export function waktuOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** It is neither over nor called off. */
export function berlaku({ status }: JanjiTemu): boolean {
  return status === 'belum' || status === 'menunggu' || status === 'sedang berlangsung';
}

/** Whether an appointment takes up some of so many minutes from there on. */
export function mengisi(row: JanjiTemu, mulai: number, lama: number): boolean {
  const begins = menitOf(row.waktu);
  return berlaku(row) && begins < mulai + lama && mulai < begins + row.durasi_menit;
}
