/** What the satisfaction survey comes to, for an admin. */
import { call, client } from './client';
import { type RingkasanSurvei } from './types';
import type { Result } from './result';

/** Days YYYY-MM-DD, both included. */
export function getSurvei(dari: string, sampai: string): Promise<Result<RingkasanSurvei>> {
  return call(client.GET('/api/survei', { params: { query: { dari, sampai } } }));
}
