/** The evacuation list, for all of the staff. The server tells it while its database is away too. */
import { call, client } from './client';
import type { Result } from './result';
import type { DaftarEvakuasi } from './types';

export function getEvakuasi(): Promise<Result<DaftarEvakuasi>> {
  return call(client.GET('/api/evakuasi'));
}

export function startEvakuasi(): Promise<Result<DaftarEvakuasi>> {
  return call(client.POST('/api/evakuasi'));
}

export function endEvakuasi(): Promise<Result<DaftarEvakuasi>> {
  return call(client.DELETE('/api/evakuasi'));
}

/** `age_seconds`: how long ago it was ticked, if there was no connection. */
export function tickEvakuasi(
  id: number,
  aman: boolean,
  age_seconds: number,
): Promise<Result<DaftarEvakuasi>> {
  const body = age_seconds > 0 ? { aman, umur_detik: age_seconds } : { aman };
  return call(client.PUT('/api/evakuasi/{id}', { params: { path: { id } }, body }));
}
