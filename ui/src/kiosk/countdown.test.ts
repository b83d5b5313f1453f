import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Countdown } from './countdown.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it ends once, after its time', () => {
  const ended = vi.fn();
  const countdown = new Countdown(ended);
  countdown.start(20);
  vi.advanceTimersByTime(14_000);
  expect(countdown.awas).toBe(false);
  vi.advanceTimersByTime(2000);
  expect([countdown.awas, countdown.remaining]).toEqual([true, 4]);
  vi.advanceTimersByTime(10_000);
  expect(ended).toHaveBeenCalledTimes(1);
  expect(countdown.total_seconds).toBe(0);
});

test('it waits as long as somebody types or touches, and then gives all the time again', () => {
  const ended = vi.fn();
  const countdown = new Countdown(ended);
  countdown.start(10);
  for (let second = 0; second < 30; second += 1) {
    vi.advanceTimersByTime(1000);
    countdown.touch();
  }
  expect([countdown.is_paused, countdown.remaining]).toEqual([true, 10]);
  vi.advanceTimersByTime(14_000);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1500);
  expect(ended).toHaveBeenCalledTimes(1);
});

test('news makes it longer, never shorter', () => {
  const countdown = new Countdown(() => undefined);
  countdown.start(20);
  vi.advanceTimersByTime(2000);
  countdown.extend(12);
  expect(countdown.remaining).toBe(18);
  vi.advanceTimersByTime(12_000);
  countdown.extend(12);
  expect(countdown.remaining).toBe(20);
  countdown.stop();
});
