/** The users, for an admin. */
import { call, client } from './client';
import { json, type PenggunaRequest, type UbahPenggunaRequest } from './requests';
import type { Result } from './result';
import type { Page, PasswordSementara, Pengguna, PenggunaBaru, Role } from './types';

type PenggunaFilter = { q?: string; role?: Role };

/** One page by name. */
export function listPengguna(
  filter: PenggunaFilter,
  halaman = 1,
  ukuran = 50,
): Promise<Result<Page<Pengguna>>> {
  return call(client.GET('/api/users', { params: { query: { ...filter, halaman, ukuran } } }));
}

/** Is not sent again by itself: the server would refuse it, and nobody would see the first password. */
export function createPengguna(body: PenggunaRequest): Promise<Result<PenggunaBaru>> {
  return call(client.POST('/api/users', json(body)));
}

/** A missing field stays as it is; empty text clears it. */
export function updatePengguna(id: number, changes: UbahPenggunaRequest): Promise<Result<Pengguna>> {
  return call(client.PUT('/api/users/{id}', { params: { path: { id } }, ...json(changes) }));
}

/** Gives a new temporary password and ends every session of the user. */
export function resetPassword(id: number): Promise<Result<PasswordSementara>> {
  return call(client.POST('/api/users/{id}/reset-password', { params: { path: { id } } }));
}
