/** Reviews. */
import { call, client } from './client';
import type { Result } from './result';
import { json, type UlasanRequest } from './requests';
import { retrying } from './retry';

/** How long a comment may be on the pages. */
export const MAX_KOMENTAR = 500;

/** Leaves a review of the visit that the code stands for. */
export async function createUlasan(kode: string, rating: number, komentar = ''): Promise<Result<void>> {
  const body: UlasanRequest = { kode, rating, ...(komentar.trim() ? { komentar: komentar.trim() } : {}) };
  const sent = await retrying(() => call(client.POST('/api/ulasan', json(body))));
  return sent.ok ? { ok: true, data: undefined } : sent;
}
