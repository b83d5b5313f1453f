/**
 * The only client of the server. Its types come from the server's own document; the host carries it and
 * adds the session.
 */
import createClient from 'openapi-fetch';
import { host } from '../host';
import { failed, failureOf, ok, type Result } from './result';
import type { paths } from './schema.mjs';
import type { ErrorCode } from './types';

const WRONG_PASSWORD: ErrorCode = 'kredensial_salah';

export const client = createClient<paths, 'application/json'>({
  // The host replaces the origin if the page does not come from the server.
  baseUrl: location.origin,
  fetch: (request) => host.fetch(request),
});

type Answer = { data?: unknown; error?: unknown; response: Response };
type DataOf<A> = A extends { data?: infer D } ? Exclude<D, undefined> : never;

/** Turns an answer, or a missing one, into a value. Never throws. */
export async function call<A extends Answer>(answer: Promise<A>): Promise<Result<DataOf<A>>> {
  try {
    const { data, error, response } = await answer;
    if (response.ok) return ok(data as DataOf<A>);
    if (response.status === 401 && isAboutToken(error)) return failed({ kind: 'signed_out' });
    return failed(failureOf(response.status, error, response.headers.get('Retry-After')));
  } catch {
    return failed({ kind: 'unreachable' });
  }
}

/** A wrong password is a 401 too, but not the session's end. */
function isAboutToken(error: unknown): boolean {
  return !(typeof error === 'object' && error !== null && 'code' in error && error.code === WRONG_PASSWORD);
}
