/** Days on which the school is closed, for an admin. */
import { call, client } from './client';
import { json, type HariLiburRequest } from './requests';
import type { Result } from './result';
import { retrying } from './retry';
import type { DaftarHariLibur, HariLiburDihapus, HariLiburDiubah, ImporHariLibur } from './types';

/** Those of a year. */
export function listHariLibur(tahun: number): Promise<Result<DaftarHariLibur>> {
  return call(client.GET('/api/hari-libur', { params: { query: { tahun } } }));
}

/** Makes a day (YYYY-MM-DD) a holiday, or corrects one. */
export function setHariLibur(tanggal: string, body: HariLiburRequest): Promise<Result<HariLiburDiubah>> {
  const params = { path: { tanggal } };
  return retrying(() => call(client.PUT('/api/hari-libur/{tanggal}', { params, ...json(body) })));
}

export function deleteHariLibur(tanggal: string): Promise<Result<HariLiburDihapus>> {
  return call(client.DELETE('/api/hari-libur/{tanggal}', { params: { path: { tanggal } } }));
}

/** A file's text: what it would do, or with `pratinjau` false, does. */
export function importHariLibur(file: string, pratinjau: boolean): Promise<Result<ImporHariLibur>> {
  return call(
    client.POST('/api/hari-libur/impor', {
      params: { query: { pratinjau } },
      body: file,
      bodySerializer: (text: string) => text,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}
