import { beforeEach, expect, test, vi } from 'vitest';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke }));

import { TauriDesk, TauriPreview } from './desk';

const settle = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  invoke.mockReset();
});

test('pictures are fetched one after the other, until nobody looks', async () => {
  let give: (data: number[]) => void = () => undefined;
  invoke.mockImplementation(() => new Promise((resolve) => (give = resolve)));
  const shown = vi.fn();
  const end = new TauriPreview().watch(shown);
  give([1, 0, 1, 0, 9]);
  await settle();
  expect(shown.mock.calls).toEqual([[{ width: 1, height: 1, luma: new Uint8Array([9]) }]]);
  // The camera sees nothing.
  give([]);
  await settle();
  expect(shown).toHaveBeenLastCalledWith(undefined);
  end();
  give([1, 0, 1, 0, 7]);
  await settle();
  expect([shown.mock.calls.length, invoke.mock.calls.length]).toEqual([2, 3]);
});

test('where no camera is in use it is asked again after a while', async () => {
  vi.useFakeTimers();
  try {
    invoke.mockRejectedValue('no camera');
    const end = new TauriPreview().watch(() => undefined);
    await vi.advanceTimersByTimeAsync(900);
    expect(invoke).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(200);
    expect(invoke).toHaveBeenCalledTimes(2);
    end();
  } finally {
    vi.useRealTimers();
  }
});

test('the PIN is checked without staying out of the full screen; a wrong one leaves it as it is', async () => {
  const pin = '0417';
  const opens = (args?: { pin: string }) => Promise.resolve(args?.pin === pin);
  invoke.mockImplementation((name: string, args?: { pin: string }) =>
    name === 'kiosk_leave' ? opens(args) : Promise.resolve(null),
  );
  const desk = new TauriDesk();
  expect(await desk.verifyPin('0000')).toBe(false);
  expect(invoke).toHaveBeenCalledTimes(1);
  expect(await desk.verifyPin(pin)).toBe(true);
  expect(invoke.mock.calls.map(([name]) => name as string)).toEqual([
    'kiosk_leave',
    'kiosk_leave',
    'kiosk_return',
  ]);
});

test('whether there is a PIN is asked once, as it counts for a wrong guess', async () => {
  invoke.mockResolvedValue(false);
  const desk = new TauriDesk();
  expect([await desk.hasPin(), await desk.hasPin()]).toEqual([true, true]);
  expect(invoke).toHaveBeenCalledOnce();
  invoke.mockResolvedValue(true);
  expect(await new TauriDesk().hasPin()).toBe(false);
});
