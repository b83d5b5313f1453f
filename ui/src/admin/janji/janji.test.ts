import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu } from '../../api/types';

const sent = vi.hoisted(() => ({
  listJanjiTemu: vi.fn(),
  getJanjiTemu: vi.fn(),
  updateStatus: vi.fn(),
  reschedule: vi.fn(),
  listPesan: vi.fn(),
}));
vi.mock('../../api/janji_temu', () => sent);
vi.mock('../../api/pesan', () => sent);

import { failed, ok, type Problem } from '../../api/result';
import { NOW_MS } from '../../test_clock';
import { JanjiDetail } from './janji_detail.svelte';
import { NO_FILTER, queryOf, readFilter, writeFilter } from './janji_filter';
import { JanjiList } from './janji_list.svelte';

const janji = (id: number, changes: Partial<JanjiTemu> = {}): JanjiTemu =>
  ({
    id,
    versi: 1,
    status: 'belum',
    jenis: 'janji',
    tanggal: '2026-11-23',
    waktu: '09:30',
    jadwal: '2026-11-23T02:30:00Z',
    ...changes,
  }) as JanjiTemu;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listPesan.mockResolvedValue(ok({ data: [], total: 0 }));
});
afterEach(() => vi.useRealTimers());

test('the address tells the filter, and nothing that is usual', () => {
  expect(writeFilter(NO_FILTER)).toBe('');
  const filter = {
    ...NO_FILTER,
    q: 'nilai & rapor/tugas',
    range: 'sendiri' as const,
    dari: '2026-11-16',
    sampai: '2026-11-23',
    id_guru: 3,
    jenis: 'janji' as const,
    status: 'sedang berlangsung' as const,
    page: 2,
    opened: 12,
  };
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(readFilter('guru=x&halaman=-1&status=lain&rentang=kemarin&dari=besok')).toEqual(NO_FILTER);
  expect(readFilter('tamu=7').range).toBe('semua');
  expect(writeFilter(readFilter('tamu=7'))).toBe('tamu=7');
});

test('a range is the days that it says', () => {
  const days = (range: typeof NO_FILTER.range, dari = '', sampai = '') => {
    const query = queryOf({ ...NO_FILTER, range, dari, sampai }, '2026-11-23');
    return [query.dari, query.sampai, query.urut];
  };
  expect(days('hari_ini')).toEqual(['2026-11-23', '2026-11-23', '-jadwal']);
  expect(days('minggu')).toEqual(['2026-11-17', '2026-11-23', '-jadwal']);
  expect(days('mendatang')).toEqual(['2026-11-23', undefined, 'jadwal']);
  expect(days('semua')).toEqual([undefined, undefined, '-jadwal']);
  expect(days('sendiri', '2026-11-23', '2026-11-01')).toEqual(['2026-11-01', '2026-11-23', '-jadwal']);
  expect(days('sendiri')).toEqual([undefined, undefined, '-jadwal']);
});

test('the list follows the address, and typing waits', async () => {
  const per_status = { belum: 1, selesai: 2 };
  const rows = [janji(2), janji(1, { tanggal: '2026-11-20' })];
  sent.listJanjiTemu.mockResolvedValue(ok({ data: rows, total: 3, per_status }));
  const rewrite = vi.fn();
  const list = new JanjiList({ rewrite });
  list.read('rentang=semua');
  await vi.advanceTimersByTimeAsync(0);
  expect(list.days.map(({ tanggal }) => tanggal)).toEqual(['2026-11-23', '2026-11-20']);
  expect([list.all_count, list.counts.selesai, list.rows.length]).toEqual([3, 2, 2]);
  list.typed('n');
  list.typed('nilai');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.listJanjiTemu).toHaveBeenCalledTimes(2);
  expect(rewrite).toHaveBeenLastCalledWith('q=nilai&rentang=semua');
  list.open(2);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listJanjiTemu).toHaveBeenCalledTimes(2);
  expect(list.filter.opened).toBe(2);
  list.choose({ status: 'batal' });
  expect(rewrite).toHaveBeenLastCalledWith('q=nilai&rentang=semua&status=batal');
  list.stop();
});

test('the address opens a new appointment, and what was made is shown among those to come', async () => {
  sent.listJanjiTemu.mockResolvedValue(ok({ data: [], total: 0 }));
  const rewrite = vi.fn();
  const list = new JanjiList({ rewrite });
  list.read('q=nilai&buat=ya');
  await vi.advanceTimersByTimeAsync(0);
  expect([list.filter.making, list.is_empty]).toEqual([true, true]);
  sent.listJanjiTemu.mockResolvedValue(ok({ data: [janji(1)], total: 1 }));
  list.made();
  await vi.advanceTimersByTimeAsync(0);
  expect(rewrite).toHaveBeenLastCalledWith('rentang=mendatang&buat=ya');
  expect([list.rows.length, list.is_empty]).toEqual([1, false]);
  list.open(1);
  expect(list.filter).toMatchObject({ opened: 1, making: false, range: 'mendatang' });
  list.stop();
});

test('a book is empty if nothing is found in any time, not if a filter hides everything', async () => {
  sent.listJanjiTemu.mockImplementation((query: { urut?: string }) =>
    Promise.resolve(ok({ data: [], total: query.urut ? 0 : 4 })),
  );
  const list = new JanjiList({ rewrite: vi.fn() });
  list.read('');
  await vi.advanceTimersByTimeAsync(0);
  expect([list.total, list.is_empty]).toEqual([0, false]);
  list.stop();
});

test('a row that changed elsewhere stands so at once', async () => {
  sent.listJanjiTemu.mockResolvedValue(ok({ data: [janji(1, { versi: 3 })], total: 1 }));
  const list = new JanjiList({ rewrite: vi.fn() });
  list.read('');
  await vi.advanceTimersByTimeAsync(0);
  list.told(janji(1, { versi: 2, status: 'batal' }));
  expect(list.rows[0]?.status).toBe('belum');
  list.told(janji(1, { versi: 4, status: 'menunggu' }));
  expect(list.rows[0]?.status).toBe('menunggu');
  list.stop();
});

async function opened(row: JanjiTemu): Promise<JanjiDetail> {
  sent.getJanjiTemu.mockResolvedValue(ok(row));
  const detail = new JanjiDetail(row.id);
  detail.start();
  await vi.advanceTimersByTimeAsync(0);
  return detail;
}

test('what an appointment allows hangs on where it stands and when', async () => {
  const late = new Date(NOW_MS - 60_000).toISOString();
  const soon = new Date(NOW_MS + 3_600_000).toISOString();
  const long_ago = new Date(NOW_MS - 3_600_000).toISOString();
  const ahead = await opened(janji(1, { jadwal: soon }));
  expect([ahead.can_cancel, ahead.can_miss, ahead.undo_to]).toEqual([true, false, undefined]);
  expect((await opened(janji(1, { jadwal: long_ago }))).can_miss).toBe(true);
  const left = janji(1, { status: 'selesai', waktu_selesai: late });
  expect((await opened(left)).undo_to).toBe('menunggu');
  expect((await opened({ ...left, waktu_mulai: late })).undo_to).toBe('sedang berlangsung');
  expect((await opened({ ...left, waktu_selesai: long_ago })).undo_to).toBeUndefined();
  const here = janji(1, { status: 'menunggu', waktu_datang: late });
  expect((await opened(here)).undo_to).toBe('belum');
  expect((await opened({ ...here, jenis: 'langsung' })).undo_to).toBe('batal');
});

test('a taken guru is told with the next free time', async () => {
  const detail = await opened(janji(1));
  const problem = { status: 409, title: '', detail: '', code: 'bentrok', waktu_kosong: '11:00' } as Problem;
  sent.reschedule.mockResolvedValue(failed({ kind: 'problem', problem }));
  expect(await detail.moveTo('2026-11-24', '10:00', false)).toBe(false);
  expect(detail.free_time).toBe('11:00');
  sent.reschedule.mockResolvedValue(ok(janji(1)));
  expect(await detail.moveTo('2026-11-24', '10:00', true)).toBe(true);
  expect(detail.free_time).toBeUndefined();
  sent.updateStatus.mockResolvedValue(ok(janji(1, { status: 'batal' })));
  expect(await detail.move('batal', '  ')).toBe(true);
  expect(sent.updateStatus).toHaveBeenLastCalledWith(1, 'batal', undefined);
  detail.stop();
});
