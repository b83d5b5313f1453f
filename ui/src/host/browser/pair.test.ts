import { beforeEach, expect, test, vi } from 'vitest';
import { Pair } from './pair';

const NOW_MS = Date.parse('2026-11-23T02:00:00Z');

function login(n: number, seconds = 900) {
  const kedaluwarsa_pada = new Date(NOW_MS + seconds * 1000).toISOString();
  return { token: `akses-${n}`, token_segar: `segar-${n}`, kedaluwarsa_pada };
}

const answer = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

beforeEach(() => sessionStorage.removeItem('bukutamu.sesi'));

test('an access token in force is used as it is', async () => {
  const send = vi.fn<(request: Request) => Promise<Response>>();
  const pair = new Pair(send, () => undefined);
  pair.adopt(login(1), NOW_MS);
  expect(await pair.access()).toEqual({ ok: true, data: 'akses-1' });
  expect(send).not.toHaveBeenCalled();
});

test('many who need another token share one renewal', async () => {
  const send = vi.fn(() => Promise.resolve(answer(login(2))));
  const pair = new Pair(send, () => undefined);
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
  const pair = new Pair(send, () => undefined);
  pair.adopt(login(1, 1), NOW_MS);
  expect(await pair.renew()).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  expect(await pair.renew()).toEqual({ ok: true, data: 'akses-2' });
  expect(bodies[1]).toEqual(bodies[0]);
});

test('a refresh token that is not taken ends the session', async () => {
  const ended = vi.fn();
  const pair = new Pair(() => Promise.resolve(answer({ code: 'token_segar_tidak_valid' }, 401)), ended);
  pair.adopt(login(1, 1), NOW_MS);
  expect(await pair.access()).toEqual({ ok: false, failure: { kind: 'signed_out' } });
  expect(ended).toHaveBeenCalledTimes(1);
  expect(pair.exists).toBe(false);
});

test('a database that is away ends no session', async () => {
  const pair = new Pair(
    () => Promise.resolve(answer({ code: 'database_tidak_tersedia' }, 503)),
    () => undefined,
  );
  pair.adopt(login(1, 1), NOW_MS);
  expect(await pair.access()).toEqual({ ok: false, failure: { kind: 'unavailable' } });
  expect(pair.exists).toBe(true);
});
