import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../api/result';
import type { Scan } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);

import { host } from '../host';
import { answer, bodyOf } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';
import { away, came, DUA, SATU, sent } from './test_desk';

/** The server is there, or not. */
let is_there = false;
function serve({ kode }: { kode: string }): Result<Scan> {
  if (!is_there) return away;
  const scan = bodyOf<Scan>('scan-datang');
  const id = kode === SATU ? 1 : 2;
  const appointment = { ...came, id, nama_tamu: kode === SATU ? 'Ani' : 'Budi' };
  return { ok: true, data: { ...scan, appointment } };
}

function open(): Kiosk {
  const kiosk = new Kiosk();
  kiosk.sound.volume = 'mati';
  kiosk.start();
  return kiosk;
}

let kiosk: Kiosk;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  host.choices.set('antrean', '[]');
  vi.spyOn(host, 'subscribe').mockReturnValue({ retryNow: () => undefined, close: () => undefined });
  sent.listToday.mockResolvedValue(away);
  is_there = false;
  sent.scan.mockImplementation((request: { kode: string }) => Promise.resolve(serve(request)));
  kiosk = open();
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

const keys = (kode: string) =>
  new Set(
    sent.scan.mock.calls
      .map(([request]) => request as { kode: string; kunci: string })
      .filter((request) => request.kode === kode)
      .map(({ kunci }) => kunci),
  );

test('a code that could not be recorded is never green, and is sent again under the same key', async () => {
  await kiosk.scan(SATU);
  expect(kiosk.screen.jenis).toBe('tertunda');
  await vi.advanceTimersByTimeAsync(9100);
  expect(kiosk.screen.jenis).toBe('tertunda');
  is_there = true;
  await vi.advanceTimersByTimeAsync(3100);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 1 });
  expect(kiosk.queue.scans).toEqual([]);
  expect(keys(SATU).size).toBe(1);
});

test('who waits is not lost by who scans next, and each is told', async () => {
  await kiosk.scan(SATU);
  await kiosk.scan(DUA);
  expect(kiosk.queue.scans.map(({ kode }) => kode)).toEqual([SATU, DUA]);
  const pada = kiosk.queue.scans[0]?.pada;
  is_there = true;
  await vi.advanceTimersByTimeAsync(3100);
  // The one on screen as a welcome, the other beside it.
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 2 });
  expect(kiosk.side_notices.newest).toEqual({ jenis: 'tersusul', pada, hasil: 'datang', nama: 'Ani' });
  expect([keys(SATU).size, keys(DUA).size]).toEqual([1, 1]);
});

test('the same code again waits once', async () => {
  await kiosk.scan(SATU);
  await kiosk.scan(SATU);
  expect(kiosk.queue.scans).toHaveLength(1);
  expect(kiosk.screen.jenis).toBe('tertunda');
});

test('neither Esc nor a restart of the page loses one', async () => {
  await kiosk.scan(SATU);
  const [waiting] = kiosk.queue.scans;
  kiosk.goBack();
  await kiosk.scan(DUA);
  kiosk.stop();
  kiosk = open();
  expect(kiosk.queue.scans.map(({ kode }) => kode)).toEqual([SATU, DUA]);
  is_there = true;
  await vi.advanceTimersByTimeAsync(3100);
  expect(kiosk.queue.scans).toEqual([]);
  expect(keys(SATU)).toEqual(new Set([waiting?.kunci]));
  expect(kiosk.side_notices.newest).toMatchObject({ hasil: 'datang', nama: 'Budi' });
  expect(kiosk.screen.jenis).toBe('siap');
});

test('one that is refused leaves the queue, and is told', async () => {
  await kiosk.scan(SATU);
  const pada = kiosk.queue.scans[0]?.pada;
  kiosk.goBack();
  sent.scan.mockResolvedValue(answer<Scan>('tolak-kedaluwarsa'));
  await vi.advanceTimersByTimeAsync(3100);
  expect([kiosk.queue.scans.length, kiosk.side_notices.newest]).toEqual([
    0,
    { jenis: 'tersusul', pada, hasil: 'ditolak', nama: undefined },
  ]);
});

test('yesterday’s are not sent today, and somebody is told', () => {
  kiosk.stop();
  const kept = [{ kode: SATU, kunci: 'satu', pada: NOW_MS - 24 * 3_600_000 }, { kode: 7 }, null];
  host.choices.set('antrean', JSON.stringify(kept));
  kiosk = open();
  expect([kiosk.queue.scans, kiosk.side_notices.newest]).toEqual([[], { jenis: 'hilang', count: 1 }]);
  expect(host.choices.get('antrean')).toBe('[]');
});

test('what is kept that is no queue is none', () => {
  kiosk.stop();
  host.choices.set('antrean', '{');
  kiosk = open();
  expect(kiosk.queue.scans).toEqual([]);
});

test('a session that ended keeps them for who signs in next', async () => {
  await kiosk.scan(SATU);
  sent.scan.mockResolvedValue({ ok: false, failure: { kind: 'signed_out' } });
  await vi.advanceTimersByTimeAsync(3100);
  kiosk.stop();
  kiosk = open();
  expect(kiosk.queue.scans).toHaveLength(1);
});

test('codes that meet the end of the session wait for the next one, though the desk has closed', async () => {
  sent.scan.mockResolvedValue({ ok: false, failure: { kind: 'signed_out' } });
  const asked = [kiosk.scan(SATU), kiosk.scan(DUA)];
  kiosk.stop();
  await Promise.all(asked);
  sent.scan.mockImplementation((request: { kode: string }) => Promise.resolve(serve(request)));
  kiosk = open();
  expect(kiosk.queue.scans.map(({ kode }) => kode)).toEqual([SATU, DUA]);
  is_there = true;
  await vi.advanceTimersByTimeAsync(3100);
  expect([kiosk.queue.scans.length, keys(SATU).size, keys(DUA).size]).toEqual([0, 1, 1]);
});
