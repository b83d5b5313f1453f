/** The users, for an admin. */
import { call, client } from './client';
import { everyPage } from './every_page';
import { json, type PenggunaRequest, type UbahPenggunaRequest } from './requests';
import type { Result } from './result';
import type {
  Page,
  PasswordSementara,
  PenggunaBaru,
  PenggunaBeranggota,
  PenggunaRinci,
  Role,
  SesiPengguna,
} from './types';

export type Urut = 'nama' | '-nama' | 'login' | '-login' | 'dibuat' | '-dibuat';
type PenggunaFilter = { q?: string; role?: Role; aktif?: boolean; unit?: boolean; urut?: Urut };

/** One page; by name unless another order is asked for. */
export function listPengguna(
  filter: PenggunaFilter,
  halaman = 1,
  ukuran = 50,
): Promise<Result<Page<PenggunaRinci>>> {
  return call(client.GET('/api/users', { params: { query: { ...filter, halaman, ukuran } } }));
}

/** All of them, to choose from. */
export function everyPengguna(filter: PenggunaFilter = {}): Promise<Result<PenggunaRinci[]>> {
  return everyPage((halaman, ukuran) => listPengguna(filter, halaman, ukuran));
}

/** Is not sent again by itself: the server would refuse it, and nobody would see the first password. */
export function createPengguna(body: PenggunaRequest): Promise<Result<PenggunaBaru>> {
  return call(client.POST('/api/users', json(body)));
}

/** A missing field stays as it is; empty text clears it. */
export function updatePengguna(
  id: number,
  changes: UbahPenggunaRequest,
): Promise<Result<PenggunaBeranggota>> {
  return call(client.PUT('/api/users/{id}', { params: { path: { id } }, ...json(changes) }));
}

/** Gives a new temporary password and ends every session of the user. */
export function resetPassword(id: number): Promise<Result<PasswordSementara>> {
  return call(client.POST('/api/users/{id}/reset-password', { params: { path: { id } } }));
}

/** Everybody, as a file for a spreadsheet. */
export function exportPengguna(): Promise<Result<Blob>> {
  return call(
    client.GET('/api/users/export.csv', { parseAs: 'blob' }) as Promise<{ data?: Blob; response: Response }>,
  );
}

/** Forgets the failed attempts of a user. */
export function unlockPengguna(id: number): Promise<Result<unknown>> {
  return call(client.POST('/api/users/{id}/unlock', { params: { path: { id } } }));
}

/** Where a user is signed in. */
export function listSesi(id: number): Promise<Result<{ data: SesiPengguna[] }>> {
  return call(client.GET('/api/users/{id}/sesi', { params: { path: { id } } }));
}

/** Signs a user out at one device. */
export function endSesi(id: number, sesi: string): Promise<Result<unknown>> {
  return call(client.DELETE('/api/users/{id}/sesi/{sesi}', { params: { path: { id, sesi } } }));
}

/** Signs a user out everywhere. */
export function endAllSesi(id: number): Promise<Result<unknown>> {
  return call(client.DELETE('/api/users/{id}/sesi', { params: { path: { id } } }));
}
