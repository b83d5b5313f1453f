/** What a guru is told of arrivals, and the answers. */
import { call, client } from './client';
import { json, type RespondRequest } from './requests';
import type { Result } from './result';
import type { Page, Notifikasi } from './types';

/** One page, newest first. */
export function listNotifikasi(halaman = 1, ukuran = 50): Promise<Result<Page<Notifikasi>>> {
  return call(client.GET('/api/notifications', { params: { query: { halaman, ukuran } } }));
}

export function markRead(id: number): Promise<Result<Notifikasi>> {
  return call(client.PUT('/api/notifications/{id}/read', { params: { path: { id } } }));
}

/** Puts a notification away. */
export async function deleteNotifikasi(id: number): Promise<Result<void>> {
  const put = await call(client.DELETE('/api/notifications/{id}', { params: { path: { id } } }));
  return put.ok ? { ok: true, data: undefined } : put;
}

/** Answers an arrival. The same answer twice counts once; null takes it back. */
export function respond(id: number, reply: RespondRequest | null): Promise<Result<Notifikasi>> {
  const params = { path: { id } };
  return call(
    client.POST('/api/notifications/{id}/respond', { params, ...json(reply ?? { tanggapan: null }) }),
  );
}
