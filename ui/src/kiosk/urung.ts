/** What the desk may take back, and for how long: a departure, and a check-in that was wrong. */
import type { JanjiTemu, Status } from '../api/types';

/** The server refuses what is older. */
export const URUNG_MS = 5 * 60_000;

export type Urung = {
  apa: 'pulang' | 'datang';
  /** Where the visit stands again. */
  ke: Status;
  /** Whole seconds that are left. */
  remaining: number;
};

/** `now`: by the server's clock. Nothing where there is nothing to take back, or it is too late. */
export function urungOf(row: JanjiTemu, now: number): Urung | undefined {
  const { status, waktu_datang, waktu_mulai, waktu_selesai } = row;
  if (status === 'selesai' && waktu_selesai && waktu_datang) {
    return within(waktu_selesai, now, 'pulang', waktu_mulai ? 'sedang berlangsung' : 'menunggu');
  }
  if (status === 'menunggu' && waktu_datang) {
    return within(waktu_datang, now, 'datang', row.jenis === 'langsung' ? 'batal' : 'belum');
  }
  return undefined;
}

function within(since: string, now: number, apa: Urung['apa'], ke: Status): Urung | undefined {
  const left_ms = Date.parse(since) + URUNG_MS - now;
  // A clock that is behind the server's sees what is not yet.
  return left_ms > 0 ? { apa, ke, remaining: Math.ceil(Math.min(left_ms, URUNG_MS) / 1000) } : undefined;
}
