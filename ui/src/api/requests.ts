/**
 * What is sent. The server's document describes its answers only, so these follow the requests above its handlers
 * (crate `server`, `routes`); what does not fit is refused there as `isian_tidak_valid`.
 */
import type { Role, Status } from './types';

export type TamuRequest = { nama: string; telp: string; email?: string; instansi?: string };

export type ScanRequest = { kode: string; kunci: string; id_janji_temu?: number };

/** Either `tamu` or `id_tamu`. */
export type WalkInRequest = {
  tamu?: TamuRequest;
  id_tamu?: number;
  keperluan: string;
  id_guru: number;
  kunci: string;
};

/** Either `tamu` or `id_tamu`; `tanggal` YYYY-MM-DD, `waktu` HH:MM. */
export type JanjiTemuRequest = {
  tamu?: TamuRequest;
  id_tamu?: number;
  keperluan: string;
  tanggal: string;
  waktu: string;
  durasi_menit?: number;
  id_guru?: number;
  izinkan_bentrok?: boolean;
  kunci: string;
};

export type StatusRequest = { status: Status; alasan?: string };

export type UlasanRequest = { kode: string; rating: number; komentar?: string };

export type PenggunaRequest = { nama: string; email: string; role: Role; jabatan?: string; telp?: string };

/** Hands a body to the client, whose types know of none. */
export const json = (body: unknown): { body: never } => ({ body: body as never });
