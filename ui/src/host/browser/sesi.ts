/** The session of a page in a browser: who is signed in, and requests in their name. */
import { failed, failureOf, isTrouble, ok, type Failure, type Result } from '../../api/result';
import type { ErrorCode, Login, Pengguna, Problem } from '../../api/types';
import type { Tamu } from '../../api/types';
import type { SesiStatus } from '../contract.mjs';
import type { Sesi, TamuSesi } from '../host';
import { jsonRequest, Pair, serverNow } from './pair';

/** A request that takes longer is given up. */
const TIMEOUT_MS = 10_000;

/** A 401 that is not about the token. */
const WRONG_PASSWORD: ErrorCode = 'kredensial_salah';

/** What the server tells anybody; a code in the address is right enough. */
const OPEN = /^\/api\/(sekolah|ulasan|kunjungan\/.+)$/;

export class BrowserSesi implements Sesi {
  clock_offset_ms = 0;
  readonly #pair = new Pair(
    (request) => this.#send(request),
    () => this.#tell({ status: 'out', reason: 'ended' }),
  );
  readonly #listeners = new Set<(status: SesiStatus) => void>();
  #known: () => Promise<Pengguna | undefined> | undefined = () => undefined;

  /** The session of a guest, who signs in with a number. */
  readonly tamu: TamuSesi = {
    restore: async () => {
      const kept = await this.#me();
      return kept.ok ? ok(kept.data?.tamu ?? undefined) : kept;
    },
    login: (telp, password) =>
      this.#enter(this.#send(jsonRequest('POST', '/api/auth/tamu', { telp, password })), tamuOf),
    changePassword: (lama, baru) => this.#enter(this.#change(lama, baru), tamuOf, true),
    logout: () => this.logout(),
    watch: (listener) =>
      this.watch((status) => {
        if (status.status === 'out') listener(status.reason);
      }),
  };

  async restore(): Promise<Result<SesiStatus>> {
    if (!this.#pair.exists) return ok({ status: 'out', reason: 'signed_out' });
    const kept = await this.#me();
    if (!kept.ok) {
      // The desk goes on with whom it knows.
      const known = isTrouble(kept.failure) ? await this.#known() : undefined;
      return known ? ok(this.#tell({ status: 'in', pengguna: known })) : kept;
    }
    const pengguna = kept.data?.pengguna;
    return ok(pengguna ? this.#tell({ status: 'in', pengguna }) : { status: 'out', reason: 'ended' });
  }

  async login(email: string, password: string): Promise<Result<Pengguna>> {
    const answer = this.#send(jsonRequest('POST', '/api/auth/login', { email, password }));
    return this.#entered(await this.#enter(answer, penggunaOf));
  }

  async changePassword(password_lama: string, password_baru: string): Promise<Result<Pengguna>> {
    return this.#entered(await this.#enter(this.#change(password_lama, password_baru), penggunaOf, true));
  }

  async logout(): Promise<void> {
    const told = this.fetch(new Request(new URL('/api/auth/logout', location.origin), { method: 'POST' }));
    await told.catch(() => undefined);
    this.#pair.forget();
    this.#tell({ status: 'out', reason: 'signed_out' });
  }

  watch(listener: (status: SesiStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a session was kept; it need not be good any more. */
  get exists(): boolean {
    return this.#pair.exists;
  }

  /** Who the session belongs to while the server cannot say. */
  goOnWith(known: () => Promise<Pengguna | undefined> | undefined): void {
    this.#known = known;
  }

  /** An access token in force, for the socket. */
  access(): Promise<Result<string>> {
    return this.#pair.access();
  }

  /** Sends in the session's name, and once more with a new token where the old one was not taken. */
  async fetch(request: Request): Promise<Response> {
    const first = await this.#pair.access();
    if (!first.ok && first.failure.kind === 'signed_out' && isOpen(request)) return this.#send(request);
    if (!first.ok) return refusal(first.failure);
    const again = request.clone();
    const response = await this.#send(withToken(request, first.data));
    if (response.status !== 401 || (await isWrongPassword(response))) return response;
    const second = await this.#pair.renew(first.data);
    return second.ok ? this.#send(withToken(again, second.data)) : response;
  }

  async #send(request: Request): Promise<Response> {
    const asked_ms = Date.now();
    const limit = limitOf(TIMEOUT_MS);
    const response = await fetch(request, { signal: limit.signal, cache: 'no-store' });
    // A file that has begun to come may take longer than the answer before it.
    if (!response.headers.get('Content-Type')?.includes('json')) limit.lift();
    this.clock_offset_ms = serverNow(response, asked_ms) - asked_ms;
    return response;
  }

  /** Who the kept session belongs to; undefined if there is none any more. */
  async #me(): Promise<Result<Partial<Login> | undefined>> {
    if (!this.#pair.exists) return ok(undefined);
    try {
      const response = await this.fetch(new Request(new URL('/api/auth/me', location.origin)));
      const body = (await response.json()) as Partial<Login>;
      if (response.ok) return ok(body);
      return response.status === 401 ? ok(undefined) : failed(failureOf(response.status, body));
    } catch {
      return failed({ kind: 'unreachable' });
    }
  }

  #change(password_lama: string, password_baru: string): Promise<Response> {
    return this.fetch(jsonRequest('PUT', '/api/auth/change-password', { password_lama, password_baru }));
  }

  /** Takes over a login of whom `who` finds in it. */
  async #enter<Who>(
    answer: Promise<Response>,
    who: (login: Login) => Who | undefined,
    goes_on = false,
  ): Promise<Result<Who>> {
    try {
      const asked_ms = Date.now();
      const response = await answer;
      const body = (await response.json()) as Login;
      const found = response.ok ? who(body) : undefined;
      if (found === undefined)
        return failed(failureOf(response.status, body, response.headers.get('Retry-After')));
      this.#pair.adopt(body, serverNow(response, asked_ms), goes_on);
      return ok(found);
    } catch {
      return failed({ kind: 'unreachable' });
    }
  }

  #entered(entered: Result<Pengguna>): Result<Pengguna> {
    if (entered.ok) this.#tell({ status: 'in', pengguna: entered.data });
    return entered;
  }

  #tell(status: SesiStatus): SesiStatus {
    for (const listener of this.#listeners) listener(status);
    return status;
  }
}

/** Aborts after a time, unless it is lifted. Phones that are some years old have no `AbortSignal.timeout`. */
function limitOf(ms: number): { signal: AbortSignal; lift: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return { signal: controller.signal, lift: () => clearTimeout(timer) };
}

const penggunaOf = (login: Login): Pengguna | undefined => login.pengguna ?? undefined;
const tamuOf = (login: Login): Tamu | undefined => login.tamu ?? undefined;

function isOpen(request: Request): boolean {
  return OPEN.test(new URL(request.url).pathname);
}

function withToken(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

async function isWrongPassword(response: Response): Promise<boolean> {
  const body = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Partial<Problem> | undefined;
  return body?.code === WRONG_PASSWORD;
}

/** Without a token nothing is sent; the caller sees what the server said, or would have said. */
function refusal(failure: Failure): Response {
  if (failure.kind === 'unreachable') throw new TypeError('the session cannot be renewed now');
  const told = failure.kind === 'problem' ? failure.problem : undefined;
  const [status, code]: [number, ErrorCode] =
    failure.kind === 'unavailable' ? [503, 'database_tidak_tersedia'] : [401, 'belum_masuk'];
  const problem = told ?? { status, title: '', detail: '', code };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json' },
  });
}
