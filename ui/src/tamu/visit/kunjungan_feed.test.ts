import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NOW_MS } from '../../test_clock';
import { KODE, kunjungan } from '../test_kunjungan';
import { KunjunganFeed, type Socket } from './kunjungan_feed';

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: string[] = [];
  is_closed = false;
  send = (text: unknown): void => void this.sent.push(String(text));
  close = (): void => void (this.is_closed = true);
  opens = (): void => void this.onopen?.call(this as never, {} as never);
  says = (event: object): void =>
    void this.onmessage?.call(this as never, { data: JSON.stringify(event) } as never);
  closes = (): void => void this.onclose?.call(this as never, {} as never);
}

beforeEach(() => vi.useFakeTimers({ now: NOW_MS, toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

function feed({ answers = true, open }: { answers?: boolean; open?: () => Socket } = {}) {
  const sockets: FakeSocket[] = [];
  const ask = vi.fn(() => Promise.resolve(answers));
  const take = vi.fn();
  const wait = (is_live: boolean) => (is_live ? 60_000 : 5000);
  const opened = () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  };
  const made = new KunjunganFeed(KODE, { ask, take, wait }, open ?? opened);
  return { feed: made, sockets, ask, take };
}

const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a socket names the code first, and then tells every change', async () => {
  const { feed: visit, sockets, ask, take } = feed();
  visit.start();
  await passed(0);
  const [socket] = sockets;
  socket?.opens();
  expect(socket?.sent).toEqual([JSON.stringify({ type: 'kunjungan', kode: KODE })]);
  socket?.says({ type: 'kunjungan', data: kunjungan({ status: 'menunggu' }) });
  expect(take).toHaveBeenCalledWith(kunjungan({ status: 'menunggu' }));
  await passed(50_000);
  expect(ask).toHaveBeenCalledTimes(1);
  visit.stop();
});

test('a phone that cannot have a socket asks', async () => {
  const { feed: visit, ask } = feed({
    open: () => {
      throw new Error('no sockets here');
    },
  });
  visit.start();
  await passed(14_000);
  expect(ask).toHaveBeenCalledTimes(3);
  visit.stop();
});

test('a socket that is lost is opened again, later each time, and asking goes on meanwhile', async () => {
  const { feed: visit, sockets, ask } = feed();
  visit.start();
  await passed(0);
  for (let lost = 0; lost < 5; lost += 1) {
    sockets.at(-1)?.closes();
    await passed(20_000);
  }
  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(20);
  expect(sockets.length).toBeLessThan(6);
  visit.stop();
});

test('without an answer no socket is opened', async () => {
  const { feed: visit, sockets } = feed({ answers: false });
  visit.start();
  await passed(30_000);
  expect(sockets).toEqual([]);
  visit.stop();
});

test('when the page is seen again it asks at once; once it is stopped it is silent', async () => {
  const { feed: visit, sockets, ask } = feed();
  visit.start();
  await passed(0);
  visit.nudge();
  await passed(0);
  expect(ask).toHaveBeenCalledTimes(2);
  visit.stop();
  visit.nudge();
  await passed(120_000);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(sockets.every((socket) => socket.is_closed)).toBe(true);
});
