import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Siap } from './siap.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what has just moved takes no press for a while', () => {
  const siap = new Siap();
  siap.begin();
  vi.advanceTimersByTime(600);
  expect([siap.ya, siap.lama]).toEqual([false, false]);
  vi.advanceTimersByTime(200);
  expect([siap.ya, siap.lama]).toEqual([true, true]);
});

test('a pointer that rests where it pressed something else has to move first; a key has not', () => {
  const siap = new Siap();
  siap.tekan({ clientX: 100, clientY: 100 });
  siap.begin();
  siap.gerak({ clientX: 101, clientY: 102 });
  vi.advanceTimersByTime(60_000);
  expect([siap.ya, siap.lama]).toEqual([false, true]);
  siap.gerak({ clientX: 100, clientY: 110 });
  expect(siap.ya).toBe(true);
  // It has moved since, so the next move of the card asks only for time.
  siap.begin();
  vi.advanceTimersByTime(800);
  expect(siap.ya).toBe(true);
});
