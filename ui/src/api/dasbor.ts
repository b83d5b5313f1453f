/** Today at a glance, a new school's first steps, and what a desk tells of itself. */
import { call, client } from './client';
import type { Result } from './result';
import type { Dasbor, HariPertama, Perangkat } from './types';

export function getDasbor(): Promise<Result<Dasbor>> {
  return call(client.GET('/api/dashboard'));
}

export function getHariPertama(): Promise<Result<HariPertama>> {
  return call(client.GET('/api/hari-pertama'));
}

/** What this desk reads codes with. It stands until the desk's connection ends. */
export function tellMeja(perangkat: Perangkat[]): Promise<Result<unknown>> {
  return call(client.PUT('/api/meja', { body: { perangkat } }));
}
