/** A guru's own calendar feed: one secret address. */
import { ahead, type Kalender } from './ahead';
import { call } from './client';
import type { Result } from './result';

export function getKalender(): Promise<Result<Kalender>> {
  return call(ahead.GET('/api/kalender/saya'));
}

/** Makes a new address. The old one ends. */
export function renewKalender(): Promise<Result<Kalender>> {
  return call(ahead.POST('/api/kalender/saya'));
}

export async function endKalender(): Promise<Result<void>> {
  const ended = await call(ahead.DELETE('/api/kalender/saya'));
  return ended.ok ? { ok: true, data: undefined } : ended;
}
