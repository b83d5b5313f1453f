/** Visits as they were when this phone last heard of them, to be shown without a connection. */
import type { Kunjungan } from '../../api/types';
import { forget, keep, readKept } from '../kept';

/** `pada`: when the server told it, in milliseconds. */
export type SavedKunjungan = { pada: number; kunjungan: Kunjungan };

const PLACE = 'bukutamu.kunjungan';

/** The oldest go first. */
const MOST = 8;

export function savedKunjungan(kode: string): SavedKunjungan | undefined {
  return all()[kode];
}

export function saveKunjungan(kunjungan: Kunjungan, pada: number): void {
  const saved = { ...all(), [kunjungan.kode]: { pada, kunjungan } };
  const newest = Object.entries(saved).sort(([, a], [, b]) => b.pada - a.pada);
  keep(PLACE, Object.fromEntries(newest.slice(0, MOST)));
}

export function forgetKunjungan(kode: string): void {
  const { [kode]: forgotten, ...others } = all();
  if (forgotten) keep(PLACE, others);
}

/** After signing out, so that the next person at this phone sees nothing. */
export function forgetEveryKunjungan(): void {
  forget(PLACE);
}

function all(): Record<string, SavedKunjungan> {
  const kept = readKept(PLACE);
  return typeof kept === 'object' && kept !== null ? (kept as Record<string, SavedKunjungan>) : {};
}
