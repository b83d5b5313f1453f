/** Days on which the school is closed, for an admin. */
import { call, client } from './client';
import { json, type GantiHariLiburRequest } from './requests';
import type { Result } from './result';
import { retrying } from './retry';
import type { DaftarHariLibur, HariLiburDiganti, ImporHariLibur } from './types';

/** Those of a year. */
export function listHariLibur(tahun: number): Promise<Result<DaftarHariLibur>> {
  return call(client.GET('/api/hari-libur', { params: { query: { tahun } } }));
}

/** Makes some days (YYYY-MM-DD) holidays and others days like any other, all or none. */
export function replaceHariLibur(body: GantiHariLiburRequest): Promise<Result<HariLiburDiganti>> {
  return retrying(() => call(client.POST('/api/hari-libur/ganti', json(body))));
}

/** `berkas` in base64: what it would do, or with `pratinjau` false, does. */
export function importHariLibur(berkas: string, pratinjau: boolean): Promise<Result<ImporHariLibur>> {
  return call(
    client.POST('/api/hari-libur/impor', { params: { query: { pratinjau } }, ...json({ berkas }) }),
  );
}
