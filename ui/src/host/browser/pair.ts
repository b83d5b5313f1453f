/**
 * The pair of tokens. A refresh token is good once, so at most one renewal is under way; the key of its one exchange
 * is kept with it, so that an exchange whose answer was lost is asked for again under the same key.
 */
import { newKunci } from '../../api/kunci';
import { failed, failureOf, ok, type Result } from '../../api/result';
import type { Login } from '../../api/types';

const PLACE = 'bukutamu.sesi';

/** An access token is renewed so long before its end, so that it does not end on the way. */
const MARGIN_MS = 5000;

type Ticket = { token_segar: string; kunci: string };

export class Pair {
  #ticket: Ticket | undefined;
  #access: string | undefined;
  #renew_at = 0;
  #renewal: Promise<Result<string>> | undefined;

  /** `send` goes to the server without a session. */
  constructor(
    private readonly send: (request: Request) => Promise<Response>,
    private readonly ended: () => void,
  ) {
    // This tab only: two tabs with one refresh token would end each other's session.
    const kept = sessionStorage.getItem(PLACE);
    if (kept) this.#ticket = JSON.parse(kept) as Ticket;
  }

  get exists(): boolean {
    return this.#ticket !== undefined;
  }

  adopt(login: Login, server_now_ms: number): void {
    this.#ticket = { token_segar: login.token_segar, kunci: newKunci() };
    sessionStorage.setItem(PLACE, JSON.stringify(this.#ticket));
    this.#access = login.token;
    const lifetime_ms = Date.parse(login.kedaluwarsa_pada) - server_now_ms;
    this.#renew_at = performance.now() + lifetime_ms - MARGIN_MS;
  }

  forget(): void {
    this.#ticket = undefined;
    this.#access = undefined;
    sessionStorage.removeItem(PLACE);
  }

  /** An access token in force, renewed first where that is due. */
  access(): Promise<Result<string>> {
    const fresh = this.#access !== undefined && performance.now() < this.#renew_at;
    return fresh ? Promise.resolve(ok(this.#access as string)) : this.renew();
  }

  /** Another access token than this one, which the server does not take any more. */
  renew(refused?: string): Promise<Result<string>> {
    if (refused !== undefined && this.#access !== undefined && this.#access !== refused) {
      return Promise.resolve(ok(this.#access));
    }
    this.#renewal ??= this.#exchange().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #exchange(): Promise<Result<string>> {
    const ticket = this.#ticket;
    if (!ticket) return failed({ kind: 'signed_out' });
    const asked_ms = Date.now();
    try {
      const response = await this.send(jsonRequest('POST', '/api/auth/refresh', ticket));
      const body = (await response.json()) as unknown;
      // Somebody signed in or out meanwhile: this answer is about a session that is gone.
      if (this.#ticket !== ticket) return this.#access ? ok(this.#access) : failed({ kind: 'signed_out' });
      if (response.ok) {
        const login = body as Login;
        this.adopt(login, serverNow(response, asked_ms));
        return ok(login.token);
      }
      if (response.status === 401) {
        this.forget();
        this.ended();
        return failed({ kind: 'signed_out' });
      }
      return failed(failureOf(response.status, body));
    } catch {
      return failed({ kind: 'unreachable' });
    }
  }
}

export function jsonRequest(method: string, path: string, body: unknown): Request {
  const headers = { 'Content-Type': 'application/json' };
  return new Request(new URL(path, location.origin), { method, headers, body: JSON.stringify(body) });
}

/** The server's time when it answered; this PC's where it does not say. */
export function serverNow(response: Response, asked_ms: number): number {
  const told = Date.parse(response.headers.get('Date') ?? '');
  // The header has whole seconds, and the answer took its time.
  return Number.isNaN(told) ? asked_ms : told + 500;
}
