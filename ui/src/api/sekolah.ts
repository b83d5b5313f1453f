/** What the pages say about the school. */
import { call, client } from './client';
import type { Result } from './result';
import { retrying } from './retry';
import type { Sekolah } from './types';

/** Its name; with a session, the rest too. */
export function getSekolah(): Promise<Result<Sekolah>> {
  return retrying(() => call(client.GET('/api/sekolah')));
}
