/**
 * The server's answers, for tests of the pages. `tests/api/answers.rs` writes them with a real server and
 * compares them with it, so no test gets a field that nobody sends.
 */
import { readFileSync } from 'node:fs';
import { failed, failureOf, ok, type Failure, type Problem, type Result } from './api/result';
import type { ErrorCode } from './api/types';

type Kept = { status: number; body: unknown; retry_after?: string };

const FOLDER = new URL('../../tests/fixtures/answers/', import.meta.url);

/** A file as it stands there. */
export function answerText(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

/** What the pages' own client makes of the answer with this name. */
export function answer<T>(name: string): Result<T> {
  const { status, body, retry_after } = kept(name);
  return status < 400 ? ok(body as T) : failed(failureOf(status, body, retry_after ?? null));
}

/** The body of an answer that is no refusal. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- whoever asks knows what it is
export function bodyOf<T>(name: string): T {
  const { status, body } = kept(name);
  if (status >= 400) throw new Error(`${name} is a refusal`);
  return body as T;
}

/** A refusal by its code, for codes without a written answer. */
export function refusal(
  status: number,
  code: ErrorCode,
  more: Partial<Problem> = {},
): { ok: false; failure: Failure } {
  const problem: Problem = { status, title: '', detail: '', code, errors: {}, ...more };
  return { ok: false, failure: { kind: 'problem', problem } };
}

/** What stands on the event stream. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
export function eventOf<T>(name: string): T {
  return JSON.parse(answerText(`${name}.json`)) as T;
}

function kept(name: string): Kept {
  return JSON.parse(answerText(`${name}.json`)) as Kept;
}
