/**
 * Requests that the server's document does not describe yet, by hand. What it describes moves to `client` and leaves
 * this file.
 */
import createClient from 'openapi-fetch';
import { host } from '../host';
import type { JanjiTemuRequest } from './requests';
import type { JanjiTemu, Problem } from './types';

/** One more guest of the same appointment. */
export type TamuLain = { nama: string; telp: string; email?: string; instansi?: string };

/** Several appointments at once: of several guests, of several weeks, or both. */
export type SeriesRequest = JanjiTemuRequest & {
  tamu_lain?: TamuLain[];
  ulang?: { setiap: 'minggu'; sampai: string };
};

/** Why a day of a series has no appointment. */
export type AlasanDilewati = 'libur' | 'hari_tutup' | 'waktu_tidak_ada' | 'bentrok';

export type Dilewati = { tanggal: string; alasan: AlasanDilewati };
export type Series = { data: JanjiTemu[]; dilewati: Dilewati[] };

/** A guru's own calendar feed; no address if there is none. */
export type Kalender = { url: string | null; dibuat_pada: string | null };

type Answers<Status extends number, Body> = {
  responses: Record<Status, { content: { 'application/json': Body } }> & {
    default: { content: { 'application/problem+json': Problem } };
  };
};
type Asks<Body> = { requestBody: { content: { 'application/json': Body } } };
type None = { get?: never; put?: never; post?: never; delete?: never };

type Paths = {
  '/api/appointments': Omit<None, 'post'> & { post: Asks<SeriesRequest> & Answers<201, Series> };
  '/api/kalender/saya': Omit<None, 'get' | 'post' | 'delete'> & {
    get: Answers<200, Kalender>;
    post: Answers<200, Kalender>;
    delete: { responses: { 204: { content?: never } } };
  };
};

export const ahead = createClient<Paths>({
  baseUrl: location.origin,
  fetch: (request) => host.fetch(request),
});
