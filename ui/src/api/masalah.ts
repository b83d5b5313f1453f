/** The report of a problem, for whoever helps. */
import { call, client } from './client';
import type { Result } from './result';

/** Versions, figures and the log as a ZIP archive that names nobody. */
export function exportMasalah(): Promise<Result<Blob>> {
  return call(client.GET('/api/laporan-masalah', { parseAs: 'blob' }));
}
