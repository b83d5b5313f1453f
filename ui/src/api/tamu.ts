/** The guests. */
import { call, client } from './client';
import type { Result } from './result';
import type { Tamu } from './types';

/** The guest with this number, however it is written. */
export async function findByTelp(telp: string): Promise<Result<Tamu | undefined>> {
  const page = await call(client.GET('/api/tamu/search', { params: { query: { q: telp, ukuran: 2 } } }));
  if (!page.ok) return page;
  // Two would mean that only the end of a number was typed.
  return { ok: true, data: page.data.total === 1 ? page.data.data[0] : undefined };
}

/** Guests by name, or by the whole number. */
export async function searchTamu(q: string, ukuran = 5): Promise<Result<Tamu[]>> {
  const page = await call(client.GET('/api/tamu/search', { params: { query: { q, ukuran } } }));
  return page.ok ? { ok: true, data: page.data.data } : page;
}
