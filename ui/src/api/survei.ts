/** What the satisfaction survey comes to, for an admin. */
import { call } from './client';
import { ahead, type RingkasanSurvei } from './laporan_ahead';
import type { Result } from './result';

/** Days YYYY-MM-DD, both included. */
export function getSurvei(dari: string, sampai: string): Promise<Result<RingkasanSurvei>> {
  return call(ahead.GET('/api/survei', { params: { query: { dari, sampai } } }));
}
