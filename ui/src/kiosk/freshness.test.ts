import { beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu } from '../api/types';

const sent = vi.hoisted(() => ({ listToday: vi.fn() }));
vi.mock('../api/janji_temu', () => sent);

import { clock } from '../shared/clock.svelte';
import { eventOf } from '../test_answers';
import { Today } from './today.svelte';

const row = eventOf<{ data: JanjiTemu }>('event-appointment').data;
const at = (ms: number) => vi.spyOn(clock, 'now', 'get').mockReturnValue(ms);

beforeEach(() => {
  vi.restoreAllMocks();
  sent.listToday.mockResolvedValue({ ok: true, data: [row] });
});

test('the data is as old as the last that was told of it: the whole list, or one change', async () => {
  const today = new Today();
  at(1000);
  today.merge(row);
  expect(today.fresh_at).toBe(0);
  await today.load();
  expect(today.fresh_at).toBe(1000);
  at(2000);
  today.merge({ ...row, versi: row.versi + 1 });
  expect(today.fresh_at).toBe(2000);
});

test('a change makes no old list new that could not be fetched again', async () => {
  const today = new Today();
  at(1000);
  await today.load();
  sent.listToday.mockResolvedValue({ ok: false, failure: { kind: 'unreachable' } });
  at(2000);
  await today.load();
  today.merge({ ...row, versi: row.versi + 1 });
  expect(today.fresh_at).toBe(1000);
});
