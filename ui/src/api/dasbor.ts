/** Today at a glance. */
import { call, client } from './client';
import type { Result } from './result';
import type { Dasbor } from './types';

export function getDasbor(): Promise<Result<Dasbor>> {
  return call(client.GET('/api/dashboard'));
}
