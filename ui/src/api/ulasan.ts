/** Reviews. */
import { call, client } from './client';
import { type RingkasanUlasan, type Ulasan } from './types';
import type { Result } from './result';
import { json, type UlasanRequest } from './requests';
import { retrying } from './retry';
import type { Page } from './types';

/** How long a comment may be on the pages. */
export const MAX_KOMENTAR = 500;

/** Leaves a review of the visit that the code stands for. */
export async function createUlasan(kode: string, rating: number, komentar = ''): Promise<Result<void>> {
  const body: UlasanRequest = { kode, rating, ...(komentar.trim() ? { komentar: komentar.trim() } : {}) };
  const sent = await retrying(() => call(client.POST('/api/ulasan', json(body))));
  return sent.ok ? { ok: true, data: undefined } : sent;
}

/** Days YYYY-MM-DD, both included. */
export type UlasanFilter = {
  dari: string;
  sampai: string;
  id_guru?: number;
  rating?: number;
  q?: string;
  tersembunyi?: boolean;
};

/** One page for an admin, newest first. */
export function listUlasan(
  filter: UlasanFilter,
  halaman: number,
  ukuran: number,
): Promise<Result<Page<Ulasan>>> {
  return call(client.GET('/api/ulasan', { params: { query: { ...filter, halaman, ukuran } } }));
}

/** All of them, for a spreadsheet. */
export function exportUlasan(filter: UlasanFilter): Promise<Result<Blob>> {
  return call(client.GET('/api/ulasan/export.csv', { params: { query: filter }, parseAs: 'blob' }));
}

export function getRingkasanUlasan(dari: string, sampai: string): Promise<Result<RingkasanUlasan>> {
  return call(client.GET('/api/ulasan/ringkasan', { params: { query: { dari, sampai } } }));
}

/** Hides a comment, or shows it again; the stars stay. `id` is the visit's. */
export function hideKomentar(id: number, alasan: string | undefined): Promise<Result<Ulasan>> {
  const body = alasan === undefined ? { tersembunyi: false } : { tersembunyi: true, alasan };
  return call(client.PUT('/api/ulasan/{id}', { params: { path: { id } }, ...json(body) }));
}
