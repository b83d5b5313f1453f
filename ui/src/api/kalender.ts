/** A guru's own calendar feed: one secret address. */
import { call, client } from './client';
import type { Result } from './result';
import type { KalenderSaya } from './types';

export function getKalender(): Promise<Result<KalenderSaya>> {
  return call(client.GET('/api/kalender/saya'));
}

/** Makes a new address. The old one ends. */
export function renewKalender(): Promise<Result<KalenderSaya>> {
  return call(client.POST('/api/kalender/saya'));
}

/** Ends the address. */
export function endKalender(): Promise<Result<KalenderSaya>> {
  return call(client.DELETE('/api/kalender/saya'));
}
