/** The gurus who can be visited. */
import { call, client } from './client';
import type { Result } from './result';
import type { Page, GuruRingkas, WaktuKosong } from './types';

/** By name, position or subject; the first few, and how many there are. */
export function listGuru(q: string, ukuran = 20): Promise<Result<Page<GuruRingkas>>> {
  const query = q.trim() ? { q: q.trim(), ukuran } : { ukuran };
  return call(client.GET('/api/guru', { params: { query } }));
}

/** Times of a day (YYYY-MM-DD) at which the guru is free for `durasi_menit`. */
export async function listFreeTimes(
  id: number,
  tanggal: string,
  durasi_menit: number,
): Promise<Result<WaktuKosong[]>> {
  const params = { path: { id }, query: { tanggal, durasi_menit } };
  const page = await call(client.GET('/api/guru/{id}/waktu-kosong', { params }));
  return page.ok ? { ok: true, data: page.data.data } : page;
}
