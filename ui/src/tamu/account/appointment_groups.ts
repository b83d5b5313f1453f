/** A guest's appointments as they are listed: today's, those to come, those that are over. */
import type { JanjiTemu } from '../../api/types';
import { noonOf } from '../../i18n/format';

export type Groups = { today: JanjiTemu[]; coming: JanjiTemu[]; past: JanjiTemu[] };

/** `today`: YYYY-MM-DD at the school. The nearest stand first. */
export function groupsOf(rows: readonly JanjiTemu[], today: string): Groups {
  const early = [...rows].sort((a, b) => a.jadwal.localeCompare(b.jadwal));
  return {
    today: early.filter((row) => row.tanggal === today),
    coming: early.filter((row) => row.tanggal > today),
    past: early.filter((row) => row.tanggal < today).reverse(),
  };
}

/** Whole days from one day to another, both YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noonOf(to).getTime() - noonOf(from).getTime()) / 86_400_000);
}
