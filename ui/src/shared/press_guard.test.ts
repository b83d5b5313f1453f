import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PressGuard } from './press_guard.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what has just moved takes no press for a while', () => {
  const siap = new PressGuard();
  siap.begin();
  vi.advanceTimersByTime(600);
  expect([siap.is_ready, siap.is_settled]).toEqual([false, false]);
  vi.advanceTimersByTime(200);
  expect([siap.is_ready, siap.is_settled]).toEqual([true, true]);
});

test('a pointer that rests where it pressed something else has to move first; a key has not', () => {
  const siap = new PressGuard();
  siap.press({ clientX: 100, clientY: 100 });
  siap.begin();
  siap.move({ clientX: 101, clientY: 102 });
  vi.advanceTimersByTime(60_000);
  expect([siap.is_ready, siap.is_settled]).toEqual([false, true]);
  siap.move({ clientX: 100, clientY: 110 });
  expect(siap.is_ready).toBe(true);
  // It has moved since, so the next move of the card asks only for time.
  siap.begin();
  vi.advanceTimersByTime(800);
  expect(siap.is_ready).toBe(true);
});
