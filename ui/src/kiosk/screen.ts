/** What the desk shows, one at a time. */
import type { JanjiTemu, Penolakan, Tamu } from '../api/types';
import { clock } from '../shared/clock.svelte';
import { isOnSite } from './today.svelte';

/** Where an arrival on screen came from. `urung`: a departure was taken back. */
export type Origin = 'kode' | 'petugas' | 'langsung' | 'urung';

/** Why something that was held to a reader gave no code. */
export type UnreadableReason =
  /** A part of a code. */
  | 'terpotong'
  /** Noise on the line, or a reader that does not keep to its own form. */
  | 'kacau'
  | 'gambar_kosong'
  | 'gambar_rusak'
  /** A file of no bytes. */
  | 'gambar_nol'
  /** The system does not give the file. */
  | 'gambar_tertutup'
  /** A photograph in a form that only telephones read. */
  | 'gambar_heic'
  /** In another form that is not read here, such as PDF. */
  | 'gambar_asing'
  /** It took too long, or too much. */
  | 'gambar_berat'
  /** The page's decoder could not be loaded. */
  | 'gambar_pembaca';

/** What the book shows. `besok`: tomorrow's appointments. */
export type BookFilter = 'semua' | 'di_gedung' | 'akan_datang' | 'terlambat' | 'besok';

/** Why a code is refused. `lain`: for a reason without words of its own. */
export type RefusedReason = Penolakan | 'lain';

export type Screen =
  | { jenis: 'siap' }
  /** A code is on its way to the server. */
  | { jenis: 'memeriksa' }
  /** `reply`: shown once more because the guru has answered. */
  | { jenis: 'datang'; id: number; origin: Origin; pada: number; reply?: true }
  /** Scanned again before being fetched. Nothing has changed, and the guest is asked. */
  | { jenis: 'sudah_datang'; id: number }
  | { jenis: 'pulang'; id: number; already: boolean; ulasan_url?: string }
  | { jenis: 'ditolak'; alasan: RefusedReason; janji_temu?: JanjiTemu }
  /** Nothing was read that could be asked about. */
  | { jenis: 'tak_terbaca'; reason: UnreadableReason }
  /** A code was read but not recorded yet. It is tried again. */
  | { jenis: 'tertunda'; kunci: string }
  | { jenis: 'pilih'; kode: string; pilihan: JanjiTemu[] }
  | { jenis: 'langsung' }
  | { jenis: 'cari'; filter?: BookFilter };

export function arrival(id: number, origin: Origin): Extract<Screen, { jenis: 'datang' }> {
  return { jenis: 'datang', id, origin, pada: clock.now };
}

/** Seconds until each screen returns to idle by itself; 0 means never. */
export const IDLE_AFTER_SECONDS: Record<Screen['jenis'], number> = {
  siap: 0,
  memeriksa: 0,
  datang: 20,
  sudah_datang: 40,
  pulang: 30,
  ditolak: 30,
  tak_terbaca: 20,
  tertunda: 30,
  pilih: 45,
  langsung: 90,
  cari: 60,
};

/** Whether a guest is on screen, so that a foreign code must not replace them. */
export function showsKunjungan({ jenis }: Screen): boolean {
  return jenis === 'datang' || jenis === 'sudah_datang' || jenis === 'pulang';
}

/** Whether the visit contradicts the screen, as after another desk took something back. */
export function isContradicted(screen: Screen, row: JanjiTemu): boolean {
  if (!('id' in screen) || screen.id !== row.id) return false;
  return screen.jenis === 'pulang' ? row.status !== 'selesai' : !isOnSite(row);
}

/** Whether staff work here, so that a wrong read is told beside the screen. */
export function isStaffWork({ jenis }: Screen): boolean {
  return jenis === 'langsung' || jenis === 'cari' || jenis === 'pilih';
}

const REFUSALS: readonly string[] = [
  'format_tidak_valid',
  'tanda_tangan_tidak_valid',
  'kedaluwarsa',
  'tidak_ditemukan',
  'bukan_hari_ini',
  'sudah_diproses',
  'dibatalkan',
] satisfies Penolakan[];

/** The reason that a refusal's code names. */
export function penolakanOf(code: string | undefined): RefusedReason {
  return code !== undefined && REFUSALS.includes(code) ? (code as Penolakan) : 'lain';
}

/**
 * Whether the refused code is one of our appointments. It can be looked up, and the guest may be received
 * today.
 */
export function isOurJanjiTemu(alasan: RefusedReason): boolean {
  return alasan === 'bukan_hari_ini' || alasan === 'sudah_diproses' || alasan === 'dibatalkan';
}

/** What a walk-in form begins with. `replaces`: the new visit ends `janji_temu`. */
export type Prefill = { tamu?: Tamu; janji_temu?: JanjiTemu; replaces?: boolean };
