/** What the desk shows, one at a time. */
import type { JanjiTemu, Penolakan, Tamu } from '../api/types';

/** Where a new arrival came from. */
export type Asal = 'kode' | 'petugas' | 'langsung';

export type Layar =
  | { jenis: 'siap' }
  /** A code is on its way to the server. */
  | { jenis: 'memeriksa' }
  /** `sudah`: was here before; `jawaban`: shown once more because the guru has answered. */
  | { jenis: 'datang'; id: number; sudah: boolean; asal: Asal; pada: number; jawaban?: true }
  | { jenis: 'pulang'; id: number; sudah: boolean; ulasan_url?: string }
  /** `lain`: for a reason that has no words of its own. */
  | { jenis: 'ditolak'; alasan: Penolakan | 'lain'; janji_temu?: JanjiTemu }
  /** A code was read and could not be recorded: it is tried again. */
  | { jenis: 'tertunda'; kode: string; kunci: string; id_janji_temu?: number }
  | { jenis: 'pilih'; kode: string; pilihan: JanjiTemu[] }
  | { jenis: 'langsung' }
  | { jenis: 'cari' };

/** Seconds until each screen returns to idle by itself; 0: never. */
export const KEMBALI_DETIK: Record<Layar['jenis'], number> = {
  siap: 0,
  memeriksa: 0,
  datang: 20,
  pulang: 30,
  ditolak: 30,
  tertunda: 0,
  pilih: 45,
  langsung: 90,
  cari: 60,
};

/** With what a walk-in form begins. */
export type Isi = { tamu?: Tamu; janji_temu?: JanjiTemu };
