/** What the desk may take back, and for how long: a departure, and a check-in that was wrong. */
import type { JanjiTemu, Status } from '../api/types';
import { sekolah } from '../i18n/sekolah.svelte';

export type Undo = {
  what: 'pulang' | 'datang';
  /** Where the visit stands again. */
  to: Status;
  /** Whole seconds that are left. */
  remaining: number;
};

/** Undefined if there is nothing to take back or it is too late. `now`: by the server's clock. */
export function undoOf(row: JanjiTemu, now: number): Undo | undefined {
  const { status, waktu_datang, waktu_mulai, waktu_selesai } = row;
  if (status === 'selesai' && waktu_selesai && waktu_datang) {
    return within(waktu_selesai, now, 'pulang', waktu_mulai ? 'sedang berlangsung' : 'menunggu');
  }
  if (status === 'menunggu' && waktu_datang) {
    return within(waktu_datang, now, 'datang', row.jenis === 'langsung' ? 'batal' : 'belum');
  }
  return undefined;
}

function within(since: string, now: number, what: Undo['what'], to: Status): Undo | undefined {
  // The server refuses what is older.
  const limit_ms = sekolah.batas_urung_menit * 60_000;
  const left_ms = Date.parse(since) + limit_ms - now;
  // If this clock is behind the server's, more than the whole time seems to be left.
  return left_ms > 0 ? { what, to, remaining: Math.ceil(Math.min(left_ms, limit_ms) / 1000) } : undefined;
}
