import { beforeEach, expect, test, vi } from 'vitest';
import type { Nilai } from '../api/types';
import { PasswordRating } from './password_rating.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const KUAT: Nilai = { skor: 4 };
const LEMAH: Nilai = { skor: 0, alasan: 'memuat_nama' };

test('it is asked once somebody stops typing, and not of an empty field', async () => {
  const rate = vi.fn((password: string) => Promise.resolve(password === 'kuda' ? KUAT : LEMAH));
  const sandi = new PasswordRating(rate);
  for (const typed of ['k', 'ku', 'kud', 'kuda']) sandi.typed(typed);
  expect(sandi.rating).toBeUndefined();
  await vi.advanceTimersByTimeAsync(300);
  expect([sandi.rating, rate.mock.calls]).toEqual([KUAT, [['kuda']]]);
  sandi.typed('');
  await vi.advanceTimersByTimeAsync(300);
  expect([sandi.rating, rate.mock.calls.length]).toEqual([undefined, 1]);
});

test('an answer about what was typed before counts for nothing', async () => {
  const answers: ((rating: Nilai) => void)[] = [];
  const sandi = new PasswordRating(() => new Promise((resolve) => answers.push(resolve)));
  sandi.typed('ratna');
  await vi.advanceTimersByTimeAsync(300);
  sandi.typed('ratna suka rujak');
  await vi.advanceTimersByTimeAsync(300);
  answers[1]?.(KUAT);
  answers[0]?.(LEMAH);
  await vi.advanceTimersByTimeAsync(0);
  expect(sandi.rating).toEqual(KUAT);
});
