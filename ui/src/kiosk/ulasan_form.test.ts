import { afterEach, expect, test, vi } from 'vitest';
import { failed, ok } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { createUlasan } from '../api/ulasan';
import { UlasanForm } from './ulasan_form.svelte';

vi.mock('../api/ulasan', () => ({ createUlasan: vi.fn() }));
const create = vi.mocked(createUlasan);
afterEach(() => vi.resetAllMocks());

test('stars go with the comment, if the guest writes one', async () => {
  create.mockResolvedValue(ok(undefined));
  const sent = vi.fn();
  const form = new UlasanForm({ kode_qr: 'kode', rating: null } as JanjiTemu, sent);
  form.komentar = 'Parkir penuh';
  await form.submit();
  expect([create.mock.calls.length, form.message !== '']).toEqual([0, true]);
  form.choose(3);
  await form.submit();
  expect(create).toHaveBeenCalledWith('kode', 3, 'Parkir penuh');
  expect([form.is_sent, sent.mock.calls.length]).toEqual([true, 1]);
});

test('a review that was not sent is not lost', async () => {
  create.mockResolvedValue(failed({ kind: 'unreachable' }));
  const form = new UlasanForm({ kode_qr: 'kode', rating: null } as JanjiTemu, vi.fn());
  form.choose(5);
  form.komentar = 'Ramah';
  await form.submit();
  expect([form.is_sent, form.rating, form.komentar, form.message !== '']).toEqual([false, 5, 'Ramah', true]);
});
