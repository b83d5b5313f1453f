import { beforeEach, expect, test, vi } from 'vitest';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke }));

import type { Message, Update } from '../contract.mjs';
import { TauriHost } from '../tauri';

type Opened = { channel: { page: number; id: number } };
type Fetched = (messages: Message[]) => void;

const FETCH = 'messages_next';
let fetched: Fetched = () => undefined;

/** As the program tells a page something. */
async function told(...messages: [channel: number | undefined, message: unknown][]): Promise<void> {
  fetched(messages.map(([channel = -1, message]) => ({ channel, message })));
  await settle();
}

/** What was asked for, in order; that the page fetches what it is told goes without saying. */
const asked = () => invoke.mock.calls.map(([name]) => name as string).filter((name) => name !== FETCH);
const channels = (name: string) =>
  invoke.mock.calls.filter(([called]) => called === name).map(([, args]) => (args as Opened).channel.id);
const settle = () => new Promise((resolve) => setTimeout(resolve));

const connected: Update = {
  type: 'connected',
  pengguna: { id: 4 } as Extract<Update, { type: 'connected' }>['pengguna'],
  online: [4],
};

/** The program's answers, but for what it tells by itself. */
function answers(answer: (name: string) => Promise<unknown>): void {
  invoke.mockImplementation((name: string) =>
    name === FETCH ? new Promise<Message[]>((resolve) => (fetched = resolve)) : answer(name),
  );
}

beforeEach(async () => {
  // Each test's page fetches on; what an earlier one waits for is nobody's.
  await told();
  invoke.mockClear();
  answers(() => Promise.resolve(null));
});

test('updates come to the page as the program tells them', async () => {
  const heard: Update[] = [];
  const subscription = new TauriHost().subscribe((update) => heard.push(update));
  await settle();
  const [channel] = channels('updates_watch');
  await told([channel, connected], [channel, { type: 'removed', id: 7 }]);
  expect(heard).toEqual([connected, { type: 'removed', id: 7 }]);
  subscription.retryNow();
  expect(asked()).toEqual(['updates_watch', 'updates_retry']);
});

test('what was told before an end is not heard by who comes next', async () => {
  const host = new TauriHost();
  host.subscribe(() => undefined).close();
  const heard: Update[] = [];
  host.subscribe((update) => heard.push(update));
  await settle();
  expect(asked()).toEqual(['updates_watch', 'updates_unwatch', 'updates_watch']);
  const [before, now] = channels('updates_watch');
  await told([before, { type: 'removed', id: 1 }], [now, { type: 'removed', id: 2 }]);
  expect(heard).toEqual([{ type: 'removed', id: 2 }]);
});

test('an end waits until the beginning before it is through', async () => {
  let opened: (answer: null) => void = () => undefined;
  answers(() => new Promise((resolve) => (opened = resolve)));
  const host = new TauriHost();
  host.scanners.watchTexts(() => undefined)();
  await settle();
  expect(asked()).toEqual(['scans_watch']);
  opened(null);
  await settle();
  expect(asked()).toEqual(['scans_watch', 'scans_unwatch']);
});

test('whoever asks for the scanners late is told how they are now', async () => {
  const { scanners } = new TauriHost();
  const heard: string[] = [];
  scanners.watchStates(() => heard.push('first'));
  scanners.watchStates(() => heard.push('second'));
  await settle();
  await told([channels('scanners_watch')[1], []]);
  expect(heard).toEqual(['first', 'second']);
});

test('a listener that fails keeps no other message from coming', async () => {
  const told_to = vi.fn(() => {
    throw new Error('a page’s own fault');
  });
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  new TauriHost().scanners.watchTexts(told_to);
  await settle();
  const [channel] = channels('scans_watch');
  await told([channel, 'A'], [channel, 'B']);
  expect([told_to.mock.calls, report.mock.calls.length]).toEqual([[['A'], ['B']], 2]);
  await told([channel, 'C']);
  expect(told_to).toHaveBeenCalledTimes(3);
});

test('a page that missed something begins anew; one without an answer asks again', async () => {
  const reload = vi.fn();
  vi.stubGlobal('location', { reload });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    invoke.mockRejectedValueOnce('busy').mockRejectedValueOnce({ kind: 'gone' });
    fetched([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(reload).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(reload).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});

test('a session kept from before is told to the page that asks for it', async () => {
  const status = { status: 'in', pengguna: { id: 4, nama: 'Bambang' } };
  answers((name) => Promise.resolve(name === 'sesi_restore' ? status : null));
  const { sesi } = new TauriHost();
  const told = vi.fn();
  sesi.watch(told);
  await sesi.restore();
  expect(told.mock.calls).toEqual([[status]]);
});

test('a program that does not answer is a server that does not', async () => {
  answers(() => Promise.reject(new Error('no such command')));
  expect(await new TauriHost().sesi.login('a@b.id', 'rahasia')).toEqual({
    ok: false,
    failure: { kind: 'unreachable' },
  });
});
