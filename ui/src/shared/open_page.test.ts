import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPage } from './open_page';

const reload = vi.fn();
let frame: (() => void) | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  reload.mockClear();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => (frame = callback));
  vi.stubGlobal('location', { reload });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the surface comes after the first frame, once', () => {
  const surface = vi.fn(() => Promise.resolve());
  openPage(surface);
  expect(surface).not.toHaveBeenCalled();
  frame?.();
  vi.advanceTimersByTime(0);
  expect(surface).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  expect(surface).toHaveBeenCalledTimes(1);
});

test('a page that nobody sees gets no frame, and opens all the same', () => {
  const surface = vi.fn(() => Promise.resolve());
  openPage(surface);
  vi.runAllTimers();
  expect(surface).toHaveBeenCalledTimes(1);
});

test('a surface that does not arrive is asked for again', async () => {
  vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
  openPage(() => Promise.reject(new Error('the server is away')));
  await vi.runAllTimersAsync();
  expect(reload).toHaveBeenCalledTimes(1);
});
