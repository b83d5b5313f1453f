/** What became of a request, as a value. Nothing here throws, so no screen can forget a failure. */
import type { ErrorCode, Problem } from './types';

export type { Problem } from './types';

export type Failure =
  /** The server refused, and says why: branch on `problem.code`. */
  | { kind: 'problem'; problem: Problem; retry_after_s?: number }
  /** Nobody answered, or something in between did. */
  | { kind: 'unreachable' }
  /** The server answered that its database does not answer, or is being restored. */
  | { kind: 'unavailable' }
  /** Nobody is signed in any more. */
  | { kind: 'signed_out' };

export type Result<T> = { ok: true; data: T } | { ok: false; failure: Failure };

const PASSING: ErrorCode[] = ['database_tidak_tersedia', 'sedang_dipulihkan'];

export const ok = <T>(data: T): Result<T> => ({ ok: true, data });
export const failed = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/** The problem's code, if the server named one. */
export function codeOf(failure: Failure): ErrorCode | undefined {
  return failure.kind === 'problem' ? failure.problem.code : undefined;
}

/** Whether the same request may succeed a little later. */
export function isTrouble(failure: Failure): boolean {
  return failure.kind === 'unreachable' || failure.kind === 'unavailable';
}

/** A failure for a problem document, or for a bare status. */
export function failureOf(status: number, body: unknown, retry_after: string | null = null): Failure {
  const problem = isProblem(body) ? body : undefined;
  if (status === 503 && problem && PASSING.includes(problem.code)) return { kind: 'unavailable' };
  if (!problem && status >= 502) return { kind: 'unreachable' };
  const unknown: Problem = { status, title: '', detail: '', code: 'kesalahan_server', errors: {} };
  const seconds = Number(retry_after ?? NaN);
  const wait = Number.isFinite(seconds) ? { retry_after_s: seconds } : {};
  return { kind: 'problem', problem: problem ?? unknown, ...wait };
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}
