import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NOW_MS } from '../test_clock';
import { toast } from './toast.svelte';

beforeEach(() => void vi.useFakeTimers({ now: NOW_MS }));
afterEach(() => {
  toast.hide();
  vi.useRealTimers();
});

test('what can be done about a message is done once, and the message goes', () => {
  const act = vi.fn();
  toast.show('Komentar disembunyikan', { words: 'Urungkan', act });
  toast.act();
  toast.act();
  expect([act.mock.calls.length, toast.message, toast.action]).toEqual([1, '', undefined]);
});

test('what is done may tell of itself', () => {
  toast.show('Komentar disembunyikan', { words: 'Urungkan', act: () => toast.show('Komentar tampil lagi') });
  toast.act();
  expect([toast.message, toast.action]).toEqual(['Komentar tampil lagi', undefined]);
});

test('a message goes by itself, but not while somebody points at it', () => {
  toast.show('Tersimpan');
  toast.pause();
  vi.advanceTimersByTime(60_000);
  expect(toast.message).toBe('Tersimpan');
  toast.resume();
  vi.advanceTimersByTime(6000);
  expect(toast.message).toBe('');
});
