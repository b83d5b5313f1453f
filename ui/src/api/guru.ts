/** The gurus who can be visited. */
import { call, client } from './client';
import { everyPage } from './every_page';
import type { Result } from './result';
import type { DaftarHariGuru, DaftarWaktuKosong, GuruRingkas, Page } from './types';

/** By name, position or subject; the first few, and how many there are. */
export function listGuru(q: string, ukuran = 20): Promise<Result<Page<GuruRingkas>>> {
  const query = q.trim() ? { q: q.trim(), ukuran } : { ukuran };
  return call(client.GET('/api/guru', { params: { query } }));
}

/** All who can be visited, to choose from. */
export function everyGuru(): Promise<Result<GuruRingkas[]>> {
  return everyPage((halaman, ukuran) =>
    call(client.GET('/api/guru', { params: { query: { halaman, ukuran } } })),
  );
}

/** The units that the guru is behind. */
export function listOwnUnits(): Promise<Result<Page<GuruRingkas>>> {
  return call(client.GET('/api/guru', { params: { query: { unit_saya: true, ukuran: 200 } } }));
}

/**
 * Times of a day (YYYY-MM-DD) at which the guru is free for `durasi_menit`. The old time of `kecuali`, an appointment
 * to be moved, is free for it.
 */
export function listFreeTimes(
  id: number,
  tanggal: string,
  durasi_menit: number,
  kecuali?: number,
): Promise<Result<DaftarWaktuKosong>> {
  const query = { tanggal, durasi_menit, ...(kecuali === undefined ? {} : { kecuali }) };
  return call(client.GET('/api/guru/{id}/waktu-kosong', { params: { path: { id }, query } }));
}

/** The days of a month (YYYY-MM) on which the school is closed or the guru has little or no time left. */
export function listHariGuru(id: number, bulan: string): Promise<Result<DaftarHariGuru>> {
  return call(client.GET('/api/guru/{id}/hari', { params: { path: { id }, query: { bulan } } }));
}
