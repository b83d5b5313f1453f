/** The ways out for messages, for an admin. */
import { call, client } from './client';
import { json, type SaluranRequest } from './requests';
import type { Result } from './result';
import type { Saluran, SaluranList, SaluranRow, TrialReply } from './types';

const pathOf = (nama: Saluran) => ({ params: { path: { nama } } });

export function listSaluran(): Promise<Result<SaluranList>> {
  return call(client.GET('/api/saluran'));
}

/** Sets a channel up anew. Its secrets are never told again. */
export function updateSaluran(nama: Saluran, setup: SaluranRequest): Promise<Result<SaluranRow>> {
  return call(client.PUT('/api/saluran/{nama}', { ...pathOf(nama), ...json(setup) }));
}

/** Takes a channel away. */
export function removeSaluran(nama: Saluran): Promise<Result<SaluranRow>> {
  return call(client.DELETE('/api/saluran/{nama}', pathOf(nama)));
}

/** Sends a message to an e-mail address or a telephone number. */
export function trySaluran(nama: Saluran, tujuan: string): Promise<Result<TrialReply>> {
  return call(client.POST('/api/saluran/{nama}/uji', { ...pathOf(nama), ...json({ tujuan }) }));
}

/** Looks whether messages could leave by it now. */
export function connectSaluran(nama: Saluran): Promise<Result<SaluranRow>> {
  return call(client.POST('/api/saluran/{nama}/sambungkan', pathOf(nama)));
}
