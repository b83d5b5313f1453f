/** The users, for an admin. */
import { call, client } from './client';
import { json, type PenggunaRequest, type UbahPenggunaRequest } from './requests';
import type { Result } from './result';
import type { Page, PasswordSementara, Pengguna, PenggunaBaru, Role } from './types';

export type PenggunaFilter = { q?: string; role?: Role };

/** One page by name. */
export function listPengguna(
  filter: PenggunaFilter,
  halaman = 1,
  ukuran = 50,
): Promise<Result<Page<Pengguna>>> {
  return call(client.GET('/api/users', { params: { query: { ...filter, halaman, ukuran } } }));
}

/** Not sent again by itself: a second one would be refused, and the password of the first never seen. */
export function createPengguna(body: PenggunaRequest): Promise<Result<PenggunaBaru>> {
  return call(client.POST('/api/users', json(body)));
}

/** What is missing stays; empty text empties. */
export function updatePengguna(id: number, changes: UbahPenggunaRequest): Promise<Result<Pengguna>> {
  return call(client.PUT('/api/users/{id}', { params: { path: { id } }, ...json(changes) }));
}

/** A new temporary password; every session of the user ends. */
export function resetPassword(id: number): Promise<Result<PasswordSementara>> {
  return call(client.POST('/api/users/{id}/reset-password', { params: { path: { id } } }));
}
