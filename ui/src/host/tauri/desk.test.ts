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
    invoke.mockRejectedValue({ kind: 'other', detail: 'no camera is in use' });
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

test('the PIN is checked, and asked about, without leaving the full screen or guessing', async () => {
  invoke.mockImplementation((name: string, args?: { pin: string }) =>
    Promise.resolve(name === 'kiosk_has_pin' || args?.pin === '0417'),
  );
  const desk = new TauriDesk();
  expect(await desk.hasPin()).toBe(true);
  expect([await desk.verifyPin('0000'), await desk.verifyPin('0417')]).toEqual([false, true]);
  const asked = invoke.mock.calls.map(([name]) => name as string);
  expect(asked).toEqual(['kiosk_has_pin', 'kiosk_verify', 'kiosk_verify']);
});
