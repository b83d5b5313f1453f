import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failed, ok } from '../../api/result';
import type { DaftarEvakuasi, DiGedung } from '../../api/types';

const sent = vi.hoisted(() => ({
  getEvakuasi: vi.fn(),
  startEvakuasi: vi.fn(),
  endEvakuasi: vi.fn(),
  tickEvakuasi: vi.fn(),
}));
vi.mock('../../api/evakuasi', () => sent);

import { refusal } from '../../test_answers';
import { host } from '../../host';
import { clock } from '../clock.svelte';
import { EvakuasiList } from './evakuasi.svelte';

const AWAY = failed({ kind: 'unreachable' });

function row(id: number, changes: Partial<DiGedung> = {}): DiGedung {
  return {
    id,
    nama: `Tamu ${id}`,
    instansi: null,
    jumlah_orang: id,
    guru: 'Bu Ratna',
    tempat: null,
    status: 'menunggu',
    sejak: '2026-11-23T02:00:00Z',
    aman: false,
    dicentang_oleh: null,
    dicentang_pada: null,
    ...changes,
  };
}

function list(data: DiGedung[], changes: Partial<DaftarEvakuasi> = {}): DaftarEvakuasi {
  return {
    data,
    total_orang: 0,
    aman_orang: 0,
    mulai: '2026-11-23T02:30:00Z',
    mulai_oleh: 'Wening',
    selesai: null,
    titik_kumpul: 'Lapangan',
    dimuat_pada: '2026-11-23T02:41:00Z',
    salinan: false,
    ...changes,
  };
}

const settled = () => vi.advanceTimersByTimeAsync(0);
let hide: (() => void) | undefined;

async function shown(): Promise<EvakuasiList> {
  const evakuasi = new EvakuasiList();
  hide = evakuasi.show();
  await settled();
  return evakuasi;
}

beforeEach(() => {
  vi.useFakeTimers();
  host.choices.set('evakuasi', '');
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getEvakuasi.mockResolvedValue(ok(list([row(1), row(2)])));
});
afterEach(() => {
  hide?.();
  vi.useRealTimers();
});

test('a tick shows at once, and people and visits are counted apart', async () => {
  const evakuasi = await shown();
  expect([evakuasi.total, evakuasi.aman, evakuasi.unsafe.length]).toEqual([3, 0, 2]);
  sent.tickEvakuasi.mockReturnValue(new Promise(() => undefined));
  evakuasi.tick(2, true, 'Lestari');
  expect([evakuasi.aman, evakuasi.unsafe.map(({ id }) => id)]).toEqual([2, [1]]);
  expect(evakuasi.rows[1]).toMatchObject({ aman: true, dicentang_oleh: 'Lestari' });
});

test('what was ticked while the server is away is sent in order with its age once it is back', async () => {
  const evakuasi = await shown();
  sent.tickEvakuasi.mockResolvedValue(AWAY);
  evakuasi.tick(1, true, 'Lestari');
  evakuasi.tick(2, true, 'Lestari');
  evakuasi.tick(1, false, 'Lestari');
  await settled();
  expect([evakuasi.waiting, evakuasi.aman]).toEqual([2, 2]);
  await vi.advanceTimersByTimeAsync(59_000);
  sent.tickEvakuasi.mockReset().mockResolvedValue(ok(list([row(1), row(2, { aman: true })])));
  await vi.advanceTimersByTimeAsync(6000);
  const asked = sent.tickEvakuasi.mock.calls as [number, boolean, number][];
  expect(asked.map(([id, aman]) => [id, aman])).toEqual([
    [2, true],
    [1, false],
  ]);
  expect(asked[0]?.[2]).toBeGreaterThanOrEqual(59);
  expect([evakuasi.waiting, evakuasi.aman]).toEqual([0, 2]);
});

test('the list and what waits are kept beside the page, and shown with their age', async () => {
  const before = await shown();
  sent.tickEvakuasi.mockResolvedValue(AWAY);
  before.tick(2, true, 'Lestari');
  await settled();
  hide?.();
  sent.getEvakuasi.mockResolvedValue(AWAY);
  const after = await shown();
  expect([after.is_here, after.is_away, after.aman, after.waiting]).toEqual([true, true, 2, 1]);
  expect(after.is_running).toBe(true);
  after.forget();
  expect(host.choices.get('evakuasi')).toBe('');
});

test('a list from yesterday says nothing of who is in the building', async () => {
  await shown();
  hide?.();
  sent.getEvakuasi.mockResolvedValue(AWAY);
  clock.now += 13 * 3_600_000;
  expect((await shown()).is_here).toBe(false);
});

test('what a tick answered is not undone by a list that was asked for before', async () => {
  const evakuasi = await shown();
  let answer: (value: unknown) => void = () => undefined;
  sent.getEvakuasi.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  void evakuasi.loading.load();
  sent.tickEvakuasi.mockResolvedValue(ok(list([row(1, { aman: true }), row(2)])));
  evakuasi.tick(1, true, 'Lestari');
  await settled();
  answer(ok(list([row(1), row(2)])));
  await settled();
  expect(evakuasi.aman).toBe(1);
});

test('a tick of who has left is forgotten, any other refusal is told', async () => {
  const evakuasi = await shown();
  sent.tickEvakuasi.mockResolvedValueOnce(refusal(404, 'tidak_ditemukan'));
  evakuasi.tick(1, true, 'Lestari');
  await settled();
  expect([evakuasi.waiting, evakuasi.refusal]).toEqual([0, undefined]);
  sent.tickEvakuasi.mockResolvedValueOnce(refusal(403, 'terlarang'));
  evakuasi.tick(1, true, 'Lestari');
  await settled();
  expect([evakuasi.waiting, evakuasi.refusal?.kind]).toEqual([0, 'problem']);
});

test('many events load the list once', async () => {
  const evakuasi = await shown();
  sent.getEvakuasi.mockClear();
  for (let n = 0; n < 5; n += 1) evakuasi.take({ type: 'evakuasi' });
  await vi.advanceTimersByTimeAsync(300);
  expect(sent.getEvakuasi).toHaveBeenCalledTimes(1);
});

test('outside of an evacuation a guru reads how many are inside, and no names', async () => {
  sent.getEvakuasi.mockResolvedValue(ok(list([], { total_orang: 7, mulai: null, mulai_oleh: null })));
  const evakuasi = await shown();
  expect([evakuasi.is_unnamed, evakuasi.total, evakuasi.rows.length]).toEqual([true, 7, 0]);
  sent.getEvakuasi.mockResolvedValue(ok(list([row(3)], { total_orang: 3 })));
  await evakuasi.loading.load();
  expect([evakuasi.is_unnamed, evakuasi.total]).toEqual([false, 3]);
});
