/** What the pages say about the school. */
import { call, client } from './client';
import type { Result } from './result';
import { retrying } from './retry';
import type { Sekolah } from './types';

/** Its name, and to who is signed in the rest. */
export function getSekolah(): Promise<Result<Sekolah>> {
  return retrying(() => call(client.GET('/api/sekolah')));
}
