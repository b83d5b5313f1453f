/** What the satisfaction survey comes to, for an admin. */
import { call, client } from './client';
import { type FileLanguage, type ReportFormat, type RingkasanSurvei } from './types';
import type { Result } from './result';

/** Days YYYY-MM-DD, both included. */
export function getSurvei(dari: string, sampai: string): Promise<Result<RingkasanSurvei>> {
  return call(client.GET('/api/survei', { params: { query: { dari, sampai } } }));
}

/** The same as a file, ready to be handed in. */
export function surveiFile(
  dari: string,
  sampai: string,
  format: ReportFormat,
  bahasa: FileLanguage,
): Promise<Result<Blob>> {
  const query = { dari, sampai, format, bahasa };
  return call<{ data?: Blob; error?: unknown; response: Response }>(
    client.GET('/api/survei', { params: { query }, parseAs: 'blob' }),
  );
}
