import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({
  getLaporan: vi.fn(),
  laporanFile: vi.fn(),
  startEkspor: vi.fn(),
  getEkspor: vi.fn(),
  cancelEkspor: vi.fn(),
  eksporFile: vi.fn(),
}));
const saved = vi.hoisted(() => ({ saveFile: vi.fn() }));
vi.mock('../../api/laporan', () => sent);
vi.mock('../../api/retry', async (original) => ({
  ...(await original<object>()),
  sleep: () => Promise.resolve(),
}));
vi.mock('../../host', async (original) => {
  const real = await original<{ host: object }>();
  return { ...real, host: Object.assign(real.host, { outlet: saved }) };
});

import type { Laporan } from '../../api/types';
import { failed, ok } from '../../api/result';
import { toast } from '../../shared/toast.svelte';
import { parsePeriod, periodAt, type Period } from '../period/period';
import { arrivalsOf, arrivalsSummary } from './arrivals';
import { lineStep } from './axis';
import { durationText, partsText } from './duration';
import { figuresOf, isEmpty, type FigureName } from './figures';
import { heatMapOf, heatSummary, hoursOf, hoursSummary } from './hours';
import { Report } from './report.svelte';
import { ReportFiles, VisitExport } from './report_files.svelte';

const laporan = (changes: Partial<Laporan> = {}): Laporan => ({
  dari: '2026-11-01',
  sampai: '2026-11-30',
  jumlah_kunjungan: 0,
  jumlah_orang: 0,
  per_status: { belum: 0, selesai: 0, batal: 0 },
  jumlah_terlambat: 0,
  walk_in: 0,
  tidak_hadir: 0,
  guru_teratas: [],
  tanpa_waktu_tunggu: 0,
  dengan_waktu_tunggu: 0,
  jumlah_ulasan: 0,
  per_hari: [],
  per_jam: [],
  per_guru: [],
  per_keperluan: [],
  per_hari_minggu: [],
  per_hari_jam: [],
  per_rating: [],
  ...changes,
});
const at = (rest: string): Period => parsePeriod(rest) ?? periodAt('hari', '2026-11-23');
const figure = (name: FigureName, now: Partial<Laporan>, before?: Partial<Laporan>) => {
  const report = laporan({ ...now, ...(before ? { sebelumnya: laporan(before) } : {}) });
  const found = figuresOf(report, 'Oktober').find((one) => one.name === name);
  return [partsText(found?.value ?? []), found?.change?.direction, found?.change?.text];
};

beforeEach(() => {
  for (const mock of [...Object.values(sent), saved.saveFile]) mock.mockReset();
  saved.saveFile.mockResolvedValue(true);
  sent.cancelEkspor.mockResolvedValue(ok(undefined));
});

test('a figure is told against the period before in words', () => {
  expect(figure('kunjungan', { jumlah_kunjungan: 412 }, { jumlah_kunjungan: 378 })).toEqual([
    '412',
    'up',
    'naik 9% dari Oktober',
  ]);
  expect(figure('kunjungan', { jumlah_kunjungan: 1204 }, { jumlah_kunjungan: 1204 })).toEqual([
    '1.204',
    'same',
    'sama dengan Oktober',
  ]);
  expect(figure('tidak_hadir', { tidak_hadir: 3 }, { tidak_hadir: 5 }), 'few: no per cent').toEqual([
    '3',
    'down',
    'turun 2 dari Oktober',
  ]);
  expect(figure('kunjungan', { jumlah_kunjungan: 1001 }, { jumlah_kunjungan: 1000 })[2]).toBe(
    'naik kurang dari 1% dari Oktober',
  );
  expect(figure('kunjungan', { jumlah_kunjungan: 5 }, {})[2], 'from nothing').toBe('Oktober: tidak ada');
  expect(figure('kunjungan', { jumlah_kunjungan: 5 }), 'without a period before').toEqual([
    '5',
    undefined,
    undefined,
  ]);
});

test('shares, waits and marks change by their own unit', () => {
  expect(figure('tepat', { persentase_tepat_waktu: 86.2 }, { persentase_tepat_waktu: 88.4 })).toEqual([
    '86%',
    'down',
    'turun 2 poin dari Oktober',
  ]);
  expect(figure('tepat', { persentase_tepat_waktu: 99.6 }, { persentase_tepat_waktu: 100 })[0]).toBe('99,6%');
  const [waited, slower] = [{ waktu_tunggu_rata_rata_detik: 304 }, { waktu_tunggu_rata_rata_detik: 264 }];
  expect(figure('tunggu', waited, slower)).toEqual(['5 mnt 04 dtk', 'up', '40 dtk lebih lama dari Oktober']);
  expect(figure('ulasan', { rating_rata_rata: 4.6 }, {})[2]).toBe('Oktober: tidak ada');
  const survei = (indeks: number) => ({
    survei: { jumlah: 132, indeks, indeks_011: 87.48, huruf: 'A' as const, mutu: 'Sangat baik' },
  });
  expect(figure('survei', survei(88.36), survei(87.1))).toEqual(['88,36', 'up', 'naik 1,26 dari Oktober']);
  expect(figure('survei', {}, survei(87.1)), 'nothing to compare').toEqual(['', undefined, undefined]);
});

test('lengths of time are read at a glance', () => {
  expect([0, 59, 60, 304, 3599, 3600, 7260].map(durationText)).toEqual([
    '0 dtk',
    '59 dtk',
    '1 mnt 00 dtk',
    '5 mnt 04 dtk',
    '59 mnt 59 dtk',
    '1 jam 00 mnt',
    '2 jam 01 mnt',
  ]);
});

test('a report in which nothing happened is empty, one with appointments is not', () => {
  expect(isEmpty(laporan())).toBe(true);
  expect(isEmpty(laporan({ per_status: { belum: 1 } }))).toBe(false);
  expect(isEmpty(laporan({ jumlah_kunjungan: 1 }))).toBe(false);
});

const days = (from: string, n: number, of: (at: number) => number) =>
  Array.from({ length: n }, (_, at) => {
    const day = new Date(`${from}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() + at);
    return { tanggal: day.toISOString().slice(0, 10), jumlah: of(at), walk_in: of(at) > 1 ? 1 : 0 };
  });

test('days become weeks, and weeks months, before bars grow too thin', () => {
  const of = (n: number) => arrivalsOf(laporan({ per_hari: days('2026-07-01', n, () => 2) }));
  expect(
    [of(31), of(62), of(63), of(365), of(1826)].map(({ span, buckets }) => [span, buckets.length]),
  ).toEqual([
    ['hari', 31],
    ['hari', 62],
    ['minggu', 10],
    ['minggu', 53],
    ['bulan', 60],
  ]);
  const [first] = of(365).buckets;
  expect(first, 'the first week has what is left of it').toEqual({
    from: '2026-07-01',
    count: 10,
    walk_in: 5,
  });
});

test('a chart says in a sentence what it shows', () => {
  const per_hari = days('2026-11-09', 5, (at) => [20, 0, 32, 5, 32][at] ?? 0);
  expect(arrivalsSummary(arrivalsOf(laporan({ per_hari })))).toBe(
    'Paling ramai Rabu, 11 November 2026: 32 kunjungan. Rata-rata 22,3 tiap hari yang ada tamunya.',
  );
  const years = days('2021-12-01', 1826, (at) => (at < 31 ? 2 : 0));
  expect(arrivalsSummary(arrivalsOf(laporan({ per_hari: years })))).toBe(
    'Paling ramai Desember 2021: 62 kunjungan. Rata-rata 62,0 tiap bulan yang ada tamunya.',
  );
  expect(arrivalsSummary(arrivalsOf(laporan()))).toBe('Belum ada kunjungan.');
});

test('hours show their gaps, and the busiest is named', () => {
  const hours = hoursOf(
    laporan({
      per_jam: [
        { jam: 8, jumlah: 3 },
        { jam: 10, jumlah: 9 },
      ],
    }),
  );
  expect(hours.map(({ hour, count }) => [hour, count])).toEqual([
    [8, 3],
    [9, 0],
    [10, 9],
  ]);
  expect(hoursSummary(hours)).toBe('Paling ramai pukul 10.00 – 11.00: 9 kunjungan, 75% dari semuanya.');
  expect(hoursSummary([])).toBe('Belum ada kunjungan.');
});

test('the heat map shades by the busiest cell and leaves out an empty weekend', () => {
  const map = heatMapOf(
    laporan({
      per_hari_jam: [
        { hari: 1, jam: 8, jumlah: 10 },
        { hari: 3, jam: 9, jumlah: 1 },
      ],
    }),
  );
  expect([map.days, map.day_counts, map.count]).toEqual([[1, 2, 3, 4, 5], [10, 0, 1, 0, 0], 11]);
  expect(map.rows.map(({ cells }) => cells.map(({ level }) => level))).toEqual([
    [5, 0, 0, 0, 0],
    [0, 0, 1, 0, 0],
  ]);
  expect(heatSummary(map)).toBe('Paling ramai Senin pukul 08.00: 10 kunjungan.');
  const saturday = heatMapOf(laporan({ per_hari_jam: [{ hari: 6, jam: 8, jumlah: 1 }] }));
  expect(saturday.days).toEqual([1, 2, 3, 4, 5, 6]);
  expect(heatMapOf(laporan())).toEqual({
    days: [1, 2, 3, 4, 5],
    rows: [],
    day_counts: [0, 0, 0, 0, 0],
    count: 0,
    is_wide: false,
  });
});

test('at most four lines stand at round numbers below the highest bar', () => {
  for (let most = 1; most < 3000; most += 1) {
    const step = lineStep(most);
    const lines = Math.floor(most / step) + 1;
    expect(Number.isInteger(step) && lines <= 4, `${most}: ${step}`).toBe(true);
    expect(lines, `${most}: ${step}`).toBeGreaterThanOrEqual(most === 1 ? 1 : 2);
  }
  expect([1, 4, 32, 96].map(lineStep)).toEqual([1, 2, 10, 25]);
});

test('another period is loaded, the same one is not, and what is over shows nothing', async () => {
  const report = new Report();
  sent.getLaporan.mockResolvedValueOnce(ok(laporan({ jumlah_kunjungan: 1 })));
  report.show(at('bulan/2026-11'));
  await vi.waitFor(() => expect(report.data?.jumlah_kunjungan).toBe(1));
  expect(report.is_running).toBe(true);
  report.show(at('bulan/2026-11'));
  expect(sent.getLaporan).toHaveBeenCalledTimes(1);
  let late: (value: unknown) => void = () => undefined;
  sent.getLaporan.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
  report.show(at('tahun-ajaran/2025'));
  sent.getLaporan.mockResolvedValueOnce(ok(laporan({ jumlah_kunjungan: 3 })));
  report.show(at('hari/2026-11-20'));
  late(ok(laporan({ jumlah_kunjungan: 2 })));
  await vi.waitFor(() => expect(report.data?.jumlah_kunjungan).toBe(3));
  expect(sent.getLaporan.mock.calls.map(([period]: unknown[]) => period)).toEqual([
    { of: 'month', bulan: '2026-11' },
    { of: 'range', dari: '2025-07-01', sampai: '2026-06-30' },
    { of: 'day', tanggal: '2026-11-20' },
  ]);
  expect(report.is_running).toBe(false);
});

test('a report is saved under the name that the server gives it, or says why not', async () => {
  const files = new ReportFiles();
  sent.laporanFile.mockResolvedValueOnce(ok(new Blob(['x'])));
  await files.download(at('bulan/2026-11'), 'pdf');
  expect(toast.message).toBe('laporan-2026-11-01-2026-11-30.pdf tersimpan');
  toast.hide();
  sent.laporanFile.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  await files.download(at('bulan/2026-11'), 'csv');
  expect([files.failure?.kind, files.busy]).toEqual(['unreachable', undefined]);
  sent.laporanFile.mockResolvedValueOnce(ok(new Blob(['x'])));
  saved.saveFile.mockResolvedValueOnce(false);
  await files.download(at('bulan/2026-11'), 'csv');
  expect([files.failure, toast.message], 'nobody chose a place').toEqual([undefined, '']);
});

const BOUNDS = { dari: '2022-01-01', sampai: '2026-11-30' };
const progress = (keadaan: string, baris: number) => ok({ id: 1, keadaan, baris, total: 100, persen: baris });

test('a long export is followed to its end and saved', async () => {
  sent.startEkspor.mockResolvedValue(ok({ id: 1 }));
  sent.getEkspor
    .mockResolvedValueOnce(progress('berjalan', 40))
    .mockResolvedValueOnce(progress('selesai', 100));
  sent.eksporFile.mockResolvedValue(ok(new Blob(['x'])));
  const visits = new VisitExport();
  await visits.start(BOUNDS, 'xlsx');
  expect([visits.phase, visits.rows, visits.percent]).toEqual(['done', 100, 100]);
  expect(saved.saveFile.mock.calls[0]?.[0]).toBe('kunjungan-2022-01-01-2026-11-30.xlsx');
});

test('a cancelled export is cancelled at the server too, also before its number is known', async () => {
  let known: (value: unknown) => void = () => undefined;
  sent.startEkspor.mockReturnValueOnce(new Promise((resolve) => (known = resolve)));
  const early = new VisitExport();
  const started = early.start(BOUNDS, 'csv');
  early.cancel();
  known(ok({ id: 1 }));
  await started;
  expect([early.phase, sent.cancelEkspor.mock.calls]).toEqual(['cancelled', [[1]]]);

  sent.startEkspor.mockResolvedValue(ok({ id: 2 }));
  const late = new VisitExport();
  sent.getEkspor.mockImplementation(() => {
    late.cancel();
    return Promise.resolve(progress('berjalan', 1));
  });
  await late.start(BOUNDS, 'csv');
  expect([late.phase, sent.cancelEkspor.mock.calls.at(-1)]).toEqual(['cancelled', [2]]);
  expect(saved.saveFile).not.toHaveBeenCalled();
});

test('a server that has started again knows of no export, which says so', async () => {
  const gone = failed({
    kind: 'problem',
    problem: { status: 404, title: '', detail: '', code: 'tidak_ditemukan', errors: {} },
  });
  sent.startEkspor.mockResolvedValue(ok({ id: 1 }));
  sent.getEkspor.mockResolvedValueOnce(progress('berjalan', 1)).mockResolvedValueOnce(gone);
  const visits = new VisitExport();
  await visits.start(BOUNDS, 'xlsx');
  expect([visits.phase, visits.is_busy]).toEqual(['lost', false]);
  sent.getEkspor.mockResolvedValue(progress('selesai', 100));
  sent.eksporFile.mockResolvedValueOnce(gone).mockResolvedValueOnce(ok(new Blob(['x'])));
  await visits.start(BOUNDS, 'xlsx');
  expect(visits.phase).toBe('lost');
  saved.saveFile.mockResolvedValue(true);
  await visits.start(BOUNDS, 'xlsx');
  expect(visits.phase).toBe('done');
  visits.cancel();
  expect(sent.cancelEkspor).not.toHaveBeenCalled();
});

test('an export that fails says so and can be started again', async () => {
  sent.startEkspor.mockResolvedValue(ok({ id: 1 }));
  sent.getEkspor.mockResolvedValueOnce(progress('gagal', 3));
  const visits = new VisitExport();
  await visits.start(BOUNDS, 'pdf');
  expect([visits.phase, visits.failure]).toEqual(['failed', undefined]);
  sent.getEkspor.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  await visits.start(BOUNDS, 'pdf');
  expect([visits.phase, visits.failure?.kind]).toEqual(['failed', 'unreachable']);
});
