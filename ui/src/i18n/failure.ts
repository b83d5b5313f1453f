/** A failure in words for the person at the screen. */
import type { Failure } from '../api/result';
import { umum } from './umum';

export function failureText(failure: Failure): string {
  if (failure.kind !== 'problem') return umum.gagal[failure.kind];
  const { status, detail } = failure.problem;
  if (status === 429) return umum.gagal.terlalu_sering;
  return status >= 500 || !detail ? umum.gagal.lain : detail;
}
