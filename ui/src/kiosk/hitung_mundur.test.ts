import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HitungMundur } from './hitung_mundur.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it ends once, after its time', () => {
  const ended = vi.fn();
  const mundur = new HitungMundur(ended);
  mundur.start(20);
  vi.advanceTimersByTime(14_000);
  expect(mundur.awas).toBe(false);
  vi.advanceTimersByTime(2000);
  expect([mundur.awas, mundur.remaining]).toEqual([true, 4]);
  vi.advanceTimersByTime(10_000);
  expect(ended).toHaveBeenCalledTimes(1);
  expect(mundur.lama).toBe(0);
});

test('it waits as long as somebody types or touches, and then gives all the time again', () => {
  const ended = vi.fn();
  const mundur = new HitungMundur(ended);
  mundur.start(10);
  for (let second = 0; second < 30; second += 1) {
    vi.advanceTimersByTime(1000);
    mundur.touch();
  }
  expect([mundur.berhenti, mundur.remaining]).toEqual([true, 10]);
  vi.advanceTimersByTime(14_000);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1500);
  expect(ended).toHaveBeenCalledTimes(1);
});

test('news makes it longer, never shorter', () => {
  const mundur = new HitungMundur(() => undefined);
  mundur.start(20);
  vi.advanceTimersByTime(2000);
  mundur.extend(12);
  expect(mundur.remaining).toBe(18);
  vi.advanceTimersByTime(12_000);
  mundur.extend(12);
  expect(mundur.remaining).toBe(20);
  mundur.stop();
});
