/**
 * The pair of tokens. A refresh token is good once, so at most one renewal is under way, in this tab and in its
 * duplicates. The key of the one exchange is kept with the token, so an exchange whose answer was lost is asked for
 * again under the same key.
 */
import { newIdempotencyKey } from '../../api/idempotency_key';
import { failed, failureOf, ok, type Result } from '../../api/result';
import type { Login } from '../../api/types';
import { Siblings, type Ticket, type Told } from './siblings';

const PLACE = 'bukutamu.sesi';

/** An access token is renewed so long before its end, so that it does not end on the way. */
const MARGIN_MS = 5000;

export class Pair {
  #ticket: Ticket | undefined;
  #access: string | undefined;
  #renew_at = 0;
  #renewal: Promise<Result<string>> | undefined;
  readonly #siblings = new Siblings(
    () => this.#told(),
    (told) => this.#hear(told),
  );

  /** `send` goes to the server without a session. */
  constructor(
    private readonly send: (request: Request) => Promise<Response>,
    private readonly ended: () => void,
  ) {
    // Of this tab, and of those that are duplicated from it.
    const kept = sessionStorage.getItem(PLACE);
    if (kept)
      this.#ticket = {
        keluarga: newIdempotencyKey(),
        urutan: 0,
        ...(JSON.parse(kept) as Partial<Ticket>),
      } as Ticket;
  }

  get exists(): boolean {
    return this.#ticket !== undefined;
  }

  /** Takes over a login; `goes_on` where it stands for the session that was there before. */
  adopt(login: Login, server_now_ms: number, goes_on = false): void {
    const before = goes_on ? this.#ticket : undefined;
    this.#ticket = {
      token_segar: login.token_segar,
      kunci: newIdempotencyKey(),
      keluarga: before?.keluarga ?? newIdempotencyKey(),
      urutan: (before?.urutan ?? 0) + 1,
    };
    sessionStorage.setItem(PLACE, JSON.stringify(this.#ticket));
    this.#access = login.token;
    const lifetime_ms = Date.parse(login.kedaluwarsa_pada) - server_now_ms;
    this.#renew_at = performance.now() + lifetime_ms - MARGIN_MS;
    const told = this.#told();
    if (told) this.#siblings.tell(told);
  }

  forget(): void {
    this.#ticket = undefined;
    this.#access = undefined;
    sessionStorage.removeItem(PLACE);
  }

  /** An access token in force, renewed first where that is due. */
  access(): Promise<Result<string>> {
    const fresh = this.#fresh();
    return fresh === undefined ? this.renew() : Promise.resolve(ok(fresh));
  }

  /** Another access token than this one, which the server does not take any more. */
  renew(refused?: string): Promise<Result<string>> {
    if (refused !== undefined && this.#access !== undefined && this.#access !== refused) {
      return Promise.resolve(ok(this.#access));
    }
    this.#renewal ??= this.#exchange(refused).finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  /** Ends what other tabs are told. */
  close(): void {
    this.#siblings.close();
  }

  async #exchange(refused?: string): Promise<Result<string>> {
    if (!this.#ticket) return failed({ kind: 'signed_out' });
    await this.#siblings.ask(this.#ticket);
    const fresh = this.#fresh();
    if (fresh !== undefined && fresh !== refused) return ok(fresh);
    const ticket = this.#ticket;
    const asked_ms = Date.now();
    const { token_segar, kunci } = ticket;
    try {
      const response = await this.send(jsonRequest('POST', '/api/auth/refresh', { token_segar, kunci }));
      const body = (await response.json()) as unknown;
      // Somebody signed in or out meanwhile: this answer is about a session that is gone.
      const current = this.#current();
      if (current?.keluarga !== ticket.keluarga) {
        return this.#access ? ok(this.#access) : failed({ kind: 'signed_out' });
      }
      // Another tab was faster.
      const heard = current === ticket ? undefined : this.#fresh();
      if (heard !== undefined) return ok(heard);
      if (response.ok) {
        const login = body as Login;
        this.adopt(login, serverNow(response, asked_ms), true);
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

  /** The ticket as it is now, whatever it was before a wait. */
  #current(): Ticket | undefined {
    return this.#ticket;
  }

  #fresh(): string | undefined {
    return performance.now() < this.#renew_at ? this.#access : undefined;
  }

  #told(): Told | undefined {
    const access = this.#fresh();
    const lifetime_ms = access === undefined ? 0 : this.#renew_at - performance.now();
    return this.#ticket && { ticket: this.#ticket, access, lifetime_ms };
  }

  /** Another tab of the family is further, or as far with an access token that is still good. */
  #hear({ ticket, access, lifetime_ms }: Told): void {
    const own = this.#ticket;
    if (ticket.keluarga !== own?.keluarga || ticket.urutan < own.urutan) return;
    // Two that renewed at once were given one token and made up two keys: all take the same of the two.
    const is_other = ticket.urutan > own.urutan || ticket.kunci < own.kunci;
    if (is_other) {
      this.#ticket = ticket;
      sessionStorage.setItem(PLACE, JSON.stringify(ticket));
    }
    if (access !== undefined && (is_other || this.#fresh() === undefined)) {
      this.#access = access;
      this.#renew_at = performance.now() + lifetime_ms;
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
