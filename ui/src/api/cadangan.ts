/** The school's backups and its recovery sheet, for an admin. */
import { call, client } from './client';
import { json } from './requests';
import type { Result } from './result';
import type { DaftarCadangan, LembarPemulihan, SheetReply } from './types';

export function listCadangan(): Promise<Result<DaftarCadangan>> {
  return call(client.GET('/api/cadangan'));
}

/** Begins one. It is done when the list is `berjalan` no more. */
export function createCadangan(): Promise<Result<DaftarCadangan>> {
  return call(client.POST('/api/cadangan'));
}

/** What is printed. The audit keeps that it was asked for. */
export function getRecoverySheet(): Promise<Result<LembarPemulihan>> {
  return call(client.POST('/api/lembar-pemulihan'));
}

/** Whether a code that was typed from a sheet is right. */
export function tryRecoverySheet(kode: string): Promise<Result<SheetReply>> {
  return call(client.POST('/api/lembar-pemulihan/uji', json({ kode })));
}
