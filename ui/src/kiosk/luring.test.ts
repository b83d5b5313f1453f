/** A desk that goes on without a server: what its page says, and what it believes once the server is back. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);
vi.mock('../shared/sounds', async () => (await import('./test_desk')).sound_mocks);

import { host, type Luring, type Update } from '../host';
import { refusal } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';
import { away, came, sent, sounds, SATU } from './test_desk';
import { Unsettleds } from './unsettled.svelte';

const standing: Luring = {
  siap: true,
  menunggu: 0,
  kunjungan: [],
  periksa: 0,
  terpotong: false,
  rusak: 0,
};

let kiosk: Kiosk;
let tell: (update: Update) => void;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  sent.listToday.mockResolvedValue(away);
  sent.lookAtCode.mockResolvedValue(away);
  host.choices.set('antrean', '[]');
  vi.spyOn(host, 'subscribe').mockImplementation((listener) => {
    tell = listener;
    return { retryNow: () => undefined, close: () => undefined };
  });
  kiosk = new Kiosk();
  kiosk.start();
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

const luring = (data: Partial<Luring>) => tell({ type: 'luring', data: { ...standing, ...data } });

test('what the desk cannot tell is kept by its program alone, and is no yes', async () => {
  sent.scan.mockResolvedValue(refusal(503, 'menunggu_sambungan'));
  await kiosk.scan(SATU);
  expect(kiosk.screen.jenis).toBe('tertunda');
  expect(kiosk.queue.scans).toEqual([]);
  expect([sounds.soundYes.mock.calls.length, sounds.soundNo.mock.calls.length]).toEqual([0, 1]);
});

test('without a server the desk is stuck only if it cannot go on', async () => {
  kiosk.connection.report({ kind: 'unreachable' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(kiosk.connection.is_stuck).toBe(true);
  luring({ menunggu: 1, kunjungan: [came.id] });
  expect(kiosk.connection.is_stuck).toBe(false);
  expect([kiosk.connection.waits(came.id), kiosk.connection.waits(99)]).toEqual([true, false]);
});

test('once the server has everything, it is believed whatever the desk told', async () => {
  const own: JanjiTemu = { ...came, id: -4, versi: 1 };
  luring({ menunggu: 2, kunjungan: [-4, came.id] });
  kiosk.today.merge({ ...came, versi: 9, status: 'menunggu' });
  sent.scan.mockResolvedValue({ ok: true, data: { hasil: 'datang', message: '', appointment: own } });
  await kiosk.scan(SATU);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: -4 });

  const there: JanjiTemu = { ...came, versi: 3, status: 'batal' };
  sent.listToday.mockResolvedValue({ ok: true, data: [there, { ...came, id: 88 }] });
  luring({});
  await vi.advanceTimersByTimeAsync(0);
  expect(kiosk.today.find(came.id)?.status).toBe('batal');
  expect(kiosk.today.rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([came.id, 88]);
  expect(kiosk.screen.jenis).toBe('siap');
});

test('what has to be looked at leaves the list by a person only', async () => {
  const list = new Unsettleds();
  await list.load();
  expect([list.rows, list.failed]).toEqual([[], false]);
});
