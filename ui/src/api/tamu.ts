/** The guests. */
import { call, client } from './client';
import type { Result } from './result';
import { json, type UbahTamuRequest } from './requests';
import { retrying } from './retry';
import type { Erasure, Page, Tamu, TamuKartu, TamuRingkas } from './types';

/** The guest with this number, however it is written. */
export async function findByTelp(telp: string): Promise<Result<TamuRingkas | undefined>> {
  const page = await call(client.GET('/api/tamu/search', { params: { query: { q: telp, ukuran: 2 } } }));
  if (!page.ok) return page;
  // Two would mean that only the end of a number was typed.
  return { ok: true, data: page.data.total === 1 ? page.data.data[0] : undefined };
}

/**
 * Finds guests of own appointments by name, and anybody by the whole number. Tells only the name of a
 * stranger.
 */
export async function searchTamu(q: string, ukuran = 5): Promise<Result<TamuRingkas[]>> {
  const page = await call(client.GET('/api/tamu/search', { params: { query: { q, ukuran } } }));
  return page.ok ? { ok: true, data: page.data.data } : page;
}

/** Corrects a guest, for all of their visits. */
export function updateTamu(id: number, changes: UbahTamuRequest): Promise<Result<Tamu>> {
  const params = { path: { id } };
  return retrying(() => call(client.PUT('/api/tamu/{id}', { params, ...json(changes) })));
}

export type TamuFilter = { q?: string; hapus_diminta?: boolean; tanpa_persetujuan?: boolean };

/** One page: by name, or what the search finds, the best first. */
export function listTamu(
  filter: TamuFilter,
  halaman: number,
  ukuran: number,
): Promise<Result<Page<TamuRingkas>>> {
  const query = { ...filter, halaman, ukuran };
  return call(client.GET('/api/tamu', { params: { query } }));
}

/** The card of a guest; of one who was merged, the kept one's. */
export function getTamuKartu(id: number): Promise<Result<TamuKartu>> {
  return call(client.GET('/api/tamu/{id}', { params: { path: { id } } }));
}

/** Makes two entries of one guest one: `id` stays. */
export function mergeTamu(id: number, id_lain: number): Promise<Result<TamuKartu>> {
  const params = { path: { id } };
  return retrying(() => call(client.POST('/api/tamu/{id}/gabung', { params, ...json({ id_lain }) })));
}

/** Undoes a merge of the last day. */
export function partTamu(id: number, id_lain: number): Promise<Result<TamuKartu>> {
  const params = { path: { id } };
  return call(client.POST('/api/tamu/{id}/pisah', { params, ...json({ id_lain }) }));
}

/** Erases a guest, and calls off first what the guest is awaited for. */
export function eraseTamu(id: number): Promise<Result<Erasure>> {
  const params = { path: { id }, query: { batalkan: true } };
  return retrying(() => call(client.POST('/api/tamu/{id}/hapus', { params })));
}

/** Everything that is kept about a guest, as a file: for programs, or to be read. */
export function tamuData(id: number, format: 'json' | 'txt'): Promise<Result<Blob>> {
  const params = { path: { id }, query: { format } };
  type Answer = { data?: Blob; error?: unknown; response: Response };
  return call<Answer>(client.GET('/api/tamu/{id}/data', { params, parseAs: 'blob' }));
}
