/** The gurus who can be visited. */
import { call, client } from './client';
import type { Result } from './result';
import type { GuruRingkas } from './types';

/** By name, position or subject; the first few. */
export async function listGuru(q: string, ukuran = 20): Promise<Result<GuruRingkas[]>> {
  const query = q.trim() ? { q: q.trim(), ukuran } : { ukuran };
  const page = await call(client.GET('/api/guru', { params: { query } }));
  return page.ok ? { ok: true, data: page.data.data } : page;
}
