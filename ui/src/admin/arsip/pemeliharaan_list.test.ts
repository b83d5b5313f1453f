import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Pemeliharaan } from '../../api/types';

const sent = vi.hoisted(() => ({
  listPemeliharaan: vi.fn(),
  createPemeliharaan: vi.fn(),
  getSetelan: vi.fn(),
}));
vi.mock('../../api/pemeliharaan', () => sent);
vi.mock('../../api/setelan', () => sent);

import { failed, ok } from '../../api/result';
import { NOW_MS } from '../../test_clock';
import { PemeliharaanList, sumOf } from './pemeliharaan_list.svelte';

const NOTHING = { no_show: 0, arsip: 0, notifikasi: 0, anonim: 0, hapus: 0 };
const run = (id: number, changes: Partial<Pemeliharaan> = {}): Pemeliharaan => ({
  id,
  pemicu: 'jadwal',
  oleh: null,
  uji_coba: false,
  mulai: '2026-11-22T18:00:00Z',
  selesai: '2026-11-22T18:00:04Z',
  keadaan: 'selesai',
  hasil: { ...NOTHING, arsip: 3, anonim: 1 },
  ...changes,
});
const page = (...rows: Pemeliharaan[]) => ok({ data: rows, total: rows.length });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listPemeliharaan.mockResolvedValue(page(run(1)));
  sent.getSetelan.mockResolvedValue(ok({ arsip_bulan: 24, retensi_tamu_bulan: 0 }));
});
afterEach(() => vi.useRealTimers());

async function listed(): Promise<PemeliharaanList> {
  const list = new PemeliharaanList();
  list.start();
  await vi.advanceTimersByTimeAsync(0);
  return list;
}

test('runs are listed with how long the school keeps what', async () => {
  const list = await listed();
  expect([list.total, list.rows[0]?.id, list.keeping?.arsip_bulan]).toEqual([1, 1, 24]);
  expect(sumOf(run(1))).toBe(4);
  list.goTo(2);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listPemeliharaan).toHaveBeenLastCalledWith(2, 10);
});

test('what is due is shown before it is done, and nothing is done without a second word', async () => {
  const list = await listed();
  sent.createPemeliharaan.mockResolvedValue(ok({ ...run(2, { uji_coba: true }), contoh: [] }));
  await list.look('jalankan');
  expect(sent.createPemeliharaan.mock.calls).toEqual([[true]]);
  expect([list.due, list.wish]).toEqual([4, 'jalankan']);
  sent.createPemeliharaan.mockResolvedValue(ok({ ...run(3), contoh: [] }));
  expect(await list.run()).toBe(true);
  expect(sent.createPemeliharaan).toHaveBeenLastCalledWith(false);
  expect([list.wish, list.preview]).toEqual([undefined, undefined]);
});

test('a run that is under way is looked at until it ends', async () => {
  sent.listPemeliharaan.mockResolvedValue(page(run(1, { keadaan: 'berjalan', selesai: null })));
  const list = await listed();
  expect(list.running?.id).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent.listPemeliharaan).toHaveBeenCalledTimes(2);
  sent.listPemeliharaan.mockResolvedValue(page(run(1)));
  await vi.advanceTimersByTimeAsync(2000);
  expect(list.running).toBeUndefined();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.listPemeliharaan).toHaveBeenCalledTimes(3);
});

test('a refusal is kept with its reason, and a closed dialog is told nothing', async () => {
  const list = await listed();
  const problem = { type: 'about:blank', title: '', status: 409, detail: '', code: 'pemeliharaan_berjalan' };
  sent.createPemeliharaan.mockResolvedValue(failed({ kind: 'problem', problem } as never));
  await list.look('uji');
  expect([list.failure?.kind, list.preview]).toEqual(['problem', undefined]);
  list.close();
  expect(list.failure).toBeUndefined();
  let answer: (value: unknown) => void = () => undefined;
  sent.createPemeliharaan.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const asked = list.look('uji');
  list.close();
  answer(ok({ ...run(4, { uji_coba: true }), contoh: [] }));
  await asked;
  expect([list.preview, list.wish, list.busy]).toEqual([undefined, undefined, false]);
});

test('leaving the screen ends the looking', async () => {
  sent.listPemeliharaan.mockResolvedValue(page(run(1, { keadaan: 'berjalan', selesai: null })));
  const list = await listed();
  list.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.listPemeliharaan).toHaveBeenCalledTimes(1);
});
