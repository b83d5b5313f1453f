/** Going back to a backup, for an admin. */
import { call, client } from './client';
import { json } from './requests';
import type { Result } from './result';
import type { Pemulihan } from './types';

/** How a restore is, and what the last one did. */
export function getPemulihan(): Promise<Result<Pemulihan>> {
  return call(client.GET('/api/pemulihan'));
}

/** Begins one. Once it takes the school's place, everybody is signed out. */
export function startPemulihan(nama: string, password: string): Promise<Result<Pemulihan>> {
  return call(
    client.POST('/api/cadangan/{nama}/pulihkan', { params: { path: { nama } }, ...json({ password }) }),
  );
}
