import { beforeEach, expect, test, vi } from 'vitest';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({
  invoke,
  Channel: class {
    constructor(readonly onmessage: (message: unknown) => void) {}
  },
}));

import type { Update } from '../host';
import { TauriHost } from '../tauri';

type Opened = { channel: { onmessage: (message: unknown) => void } };

/** What was asked for, in order. */
const asked = () => invoke.mock.calls.map(([name]) => name as string);
const channels = (name: string) =>
  invoke.mock.calls.filter(([called]) => called === name).map(([, args]) => (args as Opened).channel);
const settle = () => new Promise((resolve) => setTimeout(resolve));

const connected: Update = {
  type: 'connected',
  pengguna: { id: 4 } as Extract<Update, { type: 'connected' }>['pengguna'],
  online: [4],
};

beforeEach(() => {
  invoke.mockReset();
  invoke.mockResolvedValue(null);
});

test('updates come to the page as the program tells them', async () => {
  const heard: Update[] = [];
  const subscription = new TauriHost().subscribe((update) => heard.push(update));
  await settle();
  const [channel] = channels('updates_watch');
  channel?.onmessage(connected);
  channel?.onmessage({ type: 'removed', id: 7 });
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
  before?.onmessage({ type: 'removed', id: 1 });
  now?.onmessage({ type: 'removed', id: 2 });
  expect(heard).toEqual([{ type: 'removed', id: 2 }]);
});

test('an end waits until the beginning before it is through', async () => {
  let opened: (answer: null) => void = () => undefined;
  invoke.mockReturnValueOnce(new Promise((resolve) => (opened = resolve)));
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
  channels('scanners_watch')[1]?.onmessage([]);
  expect(heard).toEqual(['first', 'second']);
});

test('a session kept from before is told to the page that asks for it', async () => {
  const status = { status: 'in', pengguna: { id: 4, nama: 'Bambang' } };
  invoke.mockImplementation((name: string) =>
    Promise.resolve(name === 'sesi_restore' ? { ok: true, data: status } : null),
  );
  const { sesi } = new TauriHost();
  const told = vi.fn();
  sesi.watch(told);
  await sesi.restore();
  expect(told.mock.calls).toEqual([[status]]);
});

test('a program that does not answer is a server that does not', async () => {
  invoke.mockRejectedValue('no such command');
  expect(await new TauriHost().sesi.login('a@b.id', 'rahasia')).toEqual({
    ok: false,
    failure: { kind: 'unreachable' },
  });
});
