import { beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu } from '../api/types';

const sent = vi.hoisted(() => ({ listToday: vi.fn() }));
vi.mock('../api/janji_temu', () => sent);

import { clock } from '../shared/clock.svelte';
import { eventOf } from '../test_answers';
import { HariIni } from './hari_ini.svelte';

const row = eventOf<{ data: JanjiTemu }>('event-appointment').data;
const at = (ms: number) => vi.spyOn(clock, 'now', 'get').mockReturnValue(ms);

beforeEach(() => {
  vi.restoreAllMocks();
  sent.listToday.mockResolvedValue({ ok: true, data: [row] });
});

test('the data is as old as the last that was told of it: the whole list, or one change', async () => {
  const hari = new HariIni();
  at(1000);
  hari.merge(row);
  expect(hari.fresh_at).toBe(0);
  await hari.load();
  expect(hari.fresh_at).toBe(1000);
  at(2000);
  hari.merge({ ...row, versi: row.versi + 1 });
  expect(hari.fresh_at).toBe(2000);
});

test('a change makes no old list new that could not be fetched again', async () => {
  const hari = new HariIni();
  at(1000);
  await hari.load();
  sent.listToday.mockResolvedValue({ ok: false, failure: { kind: 'unreachable' } });
  at(2000);
  await hari.load();
  hari.merge({ ...row, versi: row.versi + 1 });
  expect(hari.fresh_at).toBe(1000);
});
