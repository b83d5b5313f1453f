/** Reports, reviews and the survey, as far as the server's document does not describe them yet. */
import type { Client } from 'openapi-fetch';
import { client } from './client';
import type { components } from './schema.mjs';
import type { Page } from './types';

type Schemas = components['schemas'];

/** How many, by something that is named `Key`. */
type PerRating = { rating: number; jumlah: number };

export type LaporanGuru = {
  id: number;
  nama: string;
  jabatan?: string | null;
  /** Arrivals, walk-ins too. */
  jumlah_kunjungan: number;
  /** Appointments scheduled in the period. */
  jumlah_janji: number;
  terlambat: number;
  tidak_hadir: number;
  waktu_tunggu_rata_rata_detik?: number | null;
  rating_rata_rata?: number | null;
  jumlah_ulasan: number;
};

export type LaporanSurvei = {
  jumlah: number;
  indeks: number;
  indeks_011: number;
  huruf: Schemas['Mutu'];
  /** The letter in words. */
  mutu: string;
};

export type Laporan = Omit<Schemas['Laporan'], 'per_hari'> & {
  per_hari: { tanggal: string; jumlah: number; walk_in?: number }[];
  jumlah_orang: number;
  tidak_hadir: number;
  waktu_tunggu_median_detik?: number | null;
  waktu_tunggu_p90_detik?: number | null;
  dengan_waktu_tunggu: number;
  jumlah_ulasan: number;
  per_guru: LaporanGuru[];
  /** At most 20, and then `lainnya`. */
  per_keperluan: { keperluan: string; jumlah: number }[];
  /** Monday is 1. */
  per_hari_minggu: { hari: number; jumlah: number }[];
  per_hari_jam: { hari: number; jam: number; jumlah: number }[];
  per_rating: PerRating[];
  survei?: LaporanSurvei | null;
  sebelumnya?: Laporan | null;
};

export type Ekspor = {
  id: number;
  keadaan: 'berjalan' | 'selesai' | 'dibatalkan' | 'gagal';
  baris: number;
  total: number;
  persen: number;
};

export type Ulasan = Schemas['Ulasan'] & { tersembunyi?: boolean; alasan_tersembunyi?: string | null };

/** How the reviews of somebody, or of everybody, are spread. */
export type RatingSpread = {
  jumlah: number;
  rating_rata_rata?: number | null;
  simpangan_baku?: number | null;
  per_rating: PerRating[];
};

export type RingkasanUlasan = RatingSpread & {
  /** Best first. Those with fewer than five reviews are the last row, without `id_guru`. */
  per_guru: (RatingSpread & { id_guru?: number | null; nama_guru: string; jumlah_guru: number })[];
};

export type RingkasanSurvei = Omit<Schemas['RingkasanSurveiHari'], 'unsur'> & {
  /** `per_nilai`: how many answered 1, 2, 3 and 4. */
  unsur: (Schemas['RingkasanUnsur'] & { per_nilai: number[] })[];
};

export type Kop = {
  baris1?: string;
  baris2?: string;
  baris3?: string;
  telp?: string;
  email?: string;
  situs?: string;
};
export type PenandaTangan = { nama?: string; nip?: string; jabatan?: string };
export type SetelanLaporan = Schemas['SetelanBerversi'] & {
  kop?: Kop | null;
  penanda_tangan?: PenandaTangan | null;
};

export type ReportFormat = 'csv' | 'xlsx' | 'pdf';
/** The language of a file. */
export type FileLanguage = 'id' | 'en';
type ReportQuery = { format?: 'json' | ReportFormat; bandingkan?: boolean; bahasa?: FileLanguage };
type Days = { dari?: string; sampai?: string };

type Operation<Params, Reply, Body = undefined> = {
  parameters: Params;
  responses: { 200: { content: { 'application/json': Reply } } };
} & (Body extends undefined ? unknown : { requestBody: { content: { 'application/json': Body } } });
type Query<Q> = { query?: Q };
type Id<T> = { path: { id: T } };
type None = { query?: never };

type AheadPaths = {
  '/api/reports/daily': { get: Operation<Query<ReportQuery & { tanggal?: string }>, Laporan> };
  '/api/reports/weekly': { get: Operation<Query<ReportQuery & { tanggal?: string }>, Laporan> };
  '/api/reports/monthly': { get: Operation<Query<ReportQuery & { bulan?: string }>, Laporan> };
  '/api/reports/range': { get: Operation<{ query: ReportQuery & Required<Days> }, Laporan> };
  '/api/reports/ekspor': {
    post: Operation<None, { id: number }, Required<Days> & { format: ReportFormat; bahasa: FileLanguage }>;
  };
  '/api/reports/ekspor/{id}': {
    get: Operation<Id<number>, Ekspor>;
    delete: Operation<Id<number>, undefined>;
  };
  '/api/reports/ekspor/{id}/berkas': { get: Operation<Id<number>, undefined> };
  '/api/ulasan': {
    get: Operation<
      Query<
        Days & {
          id_guru?: number;
          rating?: number;
          q?: string;
          tersembunyi?: boolean;
          halaman?: number;
          ukuran?: number;
        }
      >,
      Page<Ulasan>
    >;
  };
  '/api/ulasan/{id}': {
    put: Operation<Id<number>, Ulasan, { tersembunyi: boolean; alasan?: string }>;
  };
  '/api/ulasan/ringkasan': { get: Operation<Query<Days>, RingkasanUlasan> };
  '/api/survei': { get: Operation<Query<Days>, RingkasanSurvei> };
  '/api/settings': { get: Operation<None, SetelanLaporan> };
  '/api/sekolah/logo': { get: Operation<None, undefined> };
};

/** The same client, with what it does not know yet. */
export const ahead = client as unknown as Client<AheadPaths, 'application/json'>;
