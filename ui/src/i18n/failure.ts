/** A failure in words for the person at the screen. */
import type { Failure } from '../api/result';
import { umum } from './umum';

/** What the server says of one field begins small, as it stands behind the field's name in a list. */
export function fieldText(message: string): string {
  return message.charAt(0).toLocaleUpperCase('id') + message.slice(1);
}

export function failureText(failure: Failure): string {
  if (failure.kind !== 'problem') return umum.gagal[failure.kind];
  const { status, detail } = failure.problem;
  if (status === 429) return umum.gagal.terlalu_sering(failure.retry_after_s);
  return status >= 500 || !detail ? umum.gagal.lain : detail;
}
