import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../../api/result';
import { Pair } from './pair';

const NOW_MS = Date.parse('2026-11-23T02:00:00Z');

function login(n: number, seconds = 900) {
  const kedaluwarsa_pada = new Date(NOW_MS + seconds * 1000).toISOString();
  return { token: `akses-${n}`, token_segar: `segar-${n}`, kedaluwarsa_pada };
}

const answer = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { Date: new Date(NOW_MS).toUTCString() } });

type Send = (request: Request) => Promise<Response>;

const open: Pair[] = [];
/** A tab. */
function tab(send: Send, ended: () => void = () => undefined): Pair {
  const pair = new Pair(send, ended);
  open.push(pair);
  return pair;
}

beforeEach(() => sessionStorage.removeItem('bukutamu.sesi'));
afterEach(() => {
  for (const pair of open.splice(0)) pair.close();
});

test('an access token in force is used as it is', async () => {
  const send = vi.fn<Send>();
  const pair = tab(send, () => undefined);
  pair.adopt(login(1), NOW_MS);
  expect(await pair.access()).toEqual({ ok: true, data: 'akses-1' });
  expect(send).not.toHaveBeenCalled();
});

test('many who need another token share one renewal', async () => {
  const send = vi.fn(() => Promise.resolve(answer(login(2))));
  const pair = tab(send, () => undefined);
  pair.adopt(login(1, 1), NOW_MS);
  const tokens = await Promise.all([pair.access(), pair.access(), pair.renew('akses-1')]);
  expect(tokens.map((token) => token.ok && token.data)).toEqual(['akses-2', 'akses-2', 'akses-2']);
  expect(send).toHaveBeenCalledTimes(1);
});

test('an exchange whose answer was lost is asked for again under the same key', async () => {
  const bodies: unknown[] = [];
  const send = async (request: Request) => {
    bodies.push(await request.json());
    if (bodies.length === 1) throw new TypeError('the network went away');
    return answer(login(2));
  };
  const pair = tab(send, () => undefined);
  pair.adopt(login(1, 1), NOW_MS);
  expect(await pair.renew()).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  expect(await pair.renew()).toEqual({ ok: true, data: 'akses-2' });
  expect(bodies[1]).toEqual(bodies[0]);
});

test('a refresh token that is not taken ends the session', async () => {
  const ended = vi.fn();
  const pair = tab(() => Promise.resolve(answer({ code: 'token_segar_tidak_valid' }, 401)), ended);
  pair.adopt(login(1, 1), NOW_MS);
  expect(await pair.access()).toEqual({ ok: false, failure: { kind: 'signed_out' } });
  expect(ended).toHaveBeenCalledTimes(1);
  expect(pair.exists).toBe(false);
});

test('a database that is away ends no session', async () => {
  const pair = tab(
    () => Promise.resolve(answer({ code: 'database_tidak_tersedia' }, 503)),
    () => undefined,
  );
  pair.adopt(login(1, 1), NOW_MS);
  expect(await pair.access()).toEqual({ ok: false, failure: { kind: 'unavailable' } });
  expect(pair.exists).toBe(true);
});

/** A server that takes each refresh token once, and again only for the same key as long as what it gave is unused. */
function server() {
  const keys = new Map<string, string>();
  let is_over = false;
  const send = vi.fn<Send>(async (request) => {
    const { token_segar, kunci } = (await request.json()) as { token_segar: string; kunci: string };
    const n = Number(token_segar.replace('segar-', ''));
    const is_again = keys.get(token_segar) === kunci && !keys.has(`segar-${n + 1}`);
    is_over ||= keys.has(token_segar) && !is_again;
    if (is_over) return answer({ code: 'token_segar_tidak_valid' }, 401);
    keys.set(token_segar, kunci);
    return answer(login(n + 1));
  });
  return { send, exchanges: () => keys.size };
}

const token = (result: Result<string>): string | undefined => (result.ok ? result.data : undefined);

test('a duplicated tab takes the access token of the one that it came from', async () => {
  const { send } = server();
  const first = tab(send);
  first.adopt(login(1), NOW_MS);
  expect(token(await tab(send).access())).toBe('akses-1');
  expect(send).not.toHaveBeenCalled();
});

test('duplicated tabs go on with one session, whichever renews it, and so does one that has slept', async () => {
  const { send, exchanges } = server();
  const ended = vi.fn();
  const first = tab(send, ended);
  first.adopt(login(1, 1), NOW_MS);
  const second = tab(send, ended);
  const asleep = sessionStorage.getItem('bukutamu.sesi') ?? '';
  for (let n = 2; n < 8; n += 1) {
    const renewing = n % 3 === 0 ? second : first;
    expect(token(await renewing.renew(`akses-${n - 1}`))).toBe(`akses-${n}`);
    // The other one hears of it.
    await vi.waitFor(async () => {
      for (const one of [first, second]) expect(token(await one.access())).toBe(`akses-${n}`);
    });
  }
  // One that was put to sleep begins with the ticket that it had.
  sessionStorage.setItem('bukutamu.sesi', asleep);
  expect(token(await tab(send, ended).access())).toBe('akses-7');
  expect([exchanges(), ended.mock.calls.length]).toEqual([6, 0]);
});

test('two tabs that renew at the same time are given the same, and go on', async () => {
  const { send } = server();
  const ended = vi.fn();
  const first = tab(send, ended);
  first.adopt(login(1, 1), NOW_MS);
  const second = tab(send, ended);
  expect((await Promise.all([first.renew('akses-1'), second.renew('akses-1')])).map(token)).toEqual([
    'akses-2',
    'akses-2',
  ]);
  expect(token(await first.renew('akses-2'))).toBe('akses-3');
  expect(token(await second.renew('akses-2'))).toBe('akses-3');
  expect(ended).not.toHaveBeenCalled();
});

test('tabs that were signed in each by itself have nothing to do with one another', async () => {
  const { send } = server();
  const first = tab(send);
  first.adopt(login(1), NOW_MS);
  sessionStorage.removeItem('bukutamu.sesi');
  const second = tab(send);
  expect(await second.access()).toEqual({ ok: false, failure: { kind: 'signed_out' } });
  second.adopt(login(40), NOW_MS);
  // Behind what the two might tell each other.
  expect(token(await first.renew('akses-1'))).toBe('akses-2');
  expect([token(await first.access()), token(await second.access())]).toEqual(['akses-2', 'akses-40']);
});
