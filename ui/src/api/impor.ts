/** Users from a file, or from the national register's server. */
import { call, client } from './client';
import { json } from './requests';
import type { Result } from './result';
import type { components } from './schema.mjs';

type Schemas = components['schemas'];
export type ImporHasil = Schemas['ImporHasil'];
export type LineOutcome = Schemas['LineOutcome'];
export type SandiBaru = Schemas['SandiBaru'];
export type ImporKemajuan = Schemas['ImporKemajuan'];
export type DapodikRequest = Schemas['ImporDapodikRequest'];
export type KolomImpor = ImporHasil['berkas']['dipakai'][number]['field'];
export type Golongan = ImporHasil['berkas']['dibuang'][number]['golongan'];
export type Tindakan = 'buat' | 'ubah' | 'tetap' | 'salah';

/** `berkas` in base64, because the desktop program sends text only. An import that takes long tells how far it is. */
export function importFile(berkas: string, pratinjau: boolean): Promise<Result<ImporHasil | ImporKemajuan>> {
  return call(client.POST('/api/users/import', { params: { query: { pratinjau } }, ...json({ berkas }) }));
}

/** The token is used once. */
export function importDapodik(body: DapodikRequest): Promise<Result<ImporHasil | ImporKemajuan>> {
  return call(client.POST('/api/users/import/dapodik', json(body)));
}

/** How far the import is that this admin began last. */
export function importProgress(): Promise<Result<ImporKemajuan>> {
  return call(client.GET('/api/users/import'));
}
