import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuruRingkas, JanjiTemu } from '../../api/types';

const sent = vi.hoisted(() => ({ listUpcoming: vi.fn(), reschedule: vi.fn(), updateStatus: vi.fn() }));
vi.mock('../../api/janji_temu', () => sent);

import { failed, ok } from '../../api/result';
import { t } from '../../i18n/admin_pengguna';
import { clock } from '../../shared/clock.svelte';
import { refusal } from '../../test_answers';
import { NOW_MS } from '../../test_clock';
import { Upcoming } from './upcoming.svelte';

const row = (id: number, minutes: number): JanjiTemu =>
  ({
    id,
    id_guru: 7,
    tanggal: '2026-11-24',
    waktu: '09:00',
    durasi_menit: 30,
    jadwal: new Date(NOW_MS + minutes * 60_000).toISOString(),
  }) as JanjiTemu;
const other = { id: 9, nama: 'Sri Wahyuni' } as GuruRingkas;

async function opened(): Promise<Upcoming> {
  const upcoming = new Upcoming(7, 'Wayan Sudarma');
  upcoming.start();
  await vi.advanceTimersByTimeAsync(0);
  return upcoming;
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  clock.now = NOW_MS;
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listUpcoming.mockResolvedValue(ok([row(1, -60), row(2, 60), row(3, 2880)]));
  sent.reschedule.mockResolvedValue(ok({}));
  sent.updateStatus.mockResolvedValue(ok({}));
});
afterEach(() => void vi.useRealTimers());

test('those to come are counted, and left if nothing else is chosen', async () => {
  const upcoming = await opened();
  expect(upcoming.rows.map(({ id }) => id)).toEqual([2, 3]);
  expect(await upcoming.carryOut()).toBe(true);
  expect([sent.reschedule.mock.calls, sent.updateStatus.mock.calls]).toEqual([[], []]);
});

test('called off, each guest is told the reason', async () => {
  const upcoming = await opened();
  upcoming.choose('batal');
  // Somebody has come meanwhile: nothing is left to be done about it.
  sent.updateStatus.mockResolvedValueOnce(refusal(409, 'transisi_tidak_sah'));
  expect(await upcoming.carryOut()).toBe(true);
  const reason = t.mendatang.alasan('Wayan Sudarma');
  expect(sent.updateStatus.mock.calls).toEqual([
    [2, 'batal', reason],
    [3, 'batal', reason],
  ]);
});

test('handed over to somebody else, at the same times', async () => {
  const upcoming = await opened();
  upcoming.choose('oper');
  upcoming.chooseGuru({ ...other, id: 7 });
  expect(await upcoming.carryOut()).toBe(false);
  expect(upcoming.error).toBe(t.mendatang.kepada_kosong);
  expect(sent.reschedule).not.toHaveBeenCalled();
  upcoming.chooseGuru(other);
  expect(await upcoming.carryOut()).toBe(true);
  expect(sent.reschedule.mock.calls[0]).toEqual([
    2,
    { id_guru: 9, tanggal: '2026-11-24', waktu: '09:00', durasi_menit: 30, izinkan_bentrok: false },
  ]);
});

test('what clashes is left, counted, and handed over if it is wanted', async () => {
  const upcoming = await opened();
  upcoming.choose('oper');
  upcoming.chooseGuru(other);
  sent.reschedule.mockResolvedValueOnce(refusal(409, 'bentrok'));
  expect(await upcoming.carryOut()).toBe(false);
  expect([upcoming.rows.map(({ id }) => id), upcoming.clashes]).toEqual([[2], 1]);
  upcoming.izinkan_bentrok = true;
  expect(await upcoming.carryOut()).toBe(true);
  expect(sent.reschedule).toHaveBeenCalledTimes(3);
  expect(sent.reschedule.mock.calls[2]?.[1]).toMatchObject({ izinkan_bentrok: true });
});

test('if the server goes away, the rest is left and told', async () => {
  const upcoming = await opened();
  upcoming.choose('batal');
  sent.updateStatus.mockResolvedValueOnce(ok({})).mockResolvedValueOnce(failed({ kind: 'unavailable' }));
  expect(await upcoming.carryOut()).toBe(false);
  expect(upcoming.rows.map(({ id }) => id)).toEqual([3]);
  expect(upcoming.message).toContain(t.mendatang.sebagian(1, 2));
  expect(await upcoming.carryOut()).toBe(true);
});
