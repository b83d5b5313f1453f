/** The kinds of work that upkeep does, in the order in which they are told, and their numbers in a run. */
import type { Contoh, HasilPemeliharaan } from '../../api/types';

export type Tugas = keyof HasilPemeliharaan;
export const TUGAS = [
  'no_show',
  'arsip',
  'notifikasi',
  'anonim',
  'hapus',
] as const satisfies readonly Tugas[];

/** What was done, or would be: the kinds of which there is something. */
export function doneIn(hasil: HasilPemeliharaan): { tugas: Tugas; count: number }[] {
  return TUGAS.map((tugas) => ({ tugas, count: hasil[tugas] })).filter(({ count }) => count > 0);
}

export function examplesOf(contoh: readonly Contoh[], tugas: Tugas): Contoh[] {
  return contoh.filter((one) => one.apa === tugas);
}
