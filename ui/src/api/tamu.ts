/** The guests. */
import { call, client } from './client';
import type { Result } from './result';
import { json, type UbahTamuRequest } from './requests';
import { retrying } from './retry';
import type { Tamu, TamuRingkas } from './types';

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
