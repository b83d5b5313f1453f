import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({
  listUlasan: vi.fn(),
  getRingkasanUlasan: vi.fn(),
  hideKomentar: vi.fn(),
  everyGuru: vi.fn(),
  exportUlasan: vi.fn(),
  surveiFile: vi.fn(),
  getSurvei: vi.fn(),
}));
const saved = vi.hoisted(() => ({ saveFile: vi.fn() }));
vi.mock('../../host', async (original) => {
  const real = await original<{ host: object }>();
  return { ...real, host: Object.assign(real.host, { outlet: saved }) };
});
vi.mock('../../api/ulasan', () => sent);
vi.mock('../../api/survei', () => sent);
vi.mock('../../api/guru', () => sent);

import type { RingkasanSurvei, Ulasan } from '../../api/types';
import { failed, ok } from '../../api/result';
import { parsePeriod, periodAt } from '../period/period';
import { answeredByAll, groupsOf, lowestOf, SurveyResults } from './survey_results.svelte';
import { isReason, UlasanList } from './ulasan_list.svelte';

const ulasan = (id_janji_temu: number, changes: Partial<Ulasan> = {}): Ulasan => ({
  id_janji_temu,
  id_guru: 1,
  nama_guru: 'Bambang Prasetyo, S.Pd.',
  nama_tamu: 'Ratna Wulandari',
  rating: 5,
  komentar: 'Cepat selesai.',
  ulasan_pada: '2026-11-20T03:00:00Z',
  tersembunyi: false,
  ...changes,
});
const summary = {
  jumlah: 6,
  rating_rata_rata: 4.5,
  per_rating: [],
  per_guru: [
    {
      id_guru: 9,
      nama_guru: 'Ayu Lestari',
      jumlah_guru: 1,
      jumlah: 6,
      rating_rata_rata: 4.5,
      per_rating: [],
    },
    { id_guru: null, nama_guru: 'lainnya', jumlah_guru: 2, jumlah: 3, rating_rata_rata: 4, per_rating: [] },
  ],
};
const NOVEMBER = parsePeriod('bulan/2026-11') ?? periodAt('hari', '2026-11-23');

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listUlasan.mockResolvedValue(ok({ data: [ulasan(2), ulasan(1)], total: 2 }));
  sent.getRingkasanUlasan.mockResolvedValue(ok(summary));
  sent.everyGuru.mockResolvedValue(ok([{ id: 1, nama: 'Bambang Prasetyo, S.Pd.', online: true }]));
});

async function shown(): Promise<UlasanList> {
  const list = new UlasanList();
  await list.start();
  list.show(NOVEMBER);
  await vi.waitFor(() => expect(list.rows).toHaveLength(2));
  return list;
}

test('reviews are those of the period, and only what is filtered is asked for', async () => {
  const list = await shown();
  expect(sent.listUlasan.mock.calls[0]).toEqual([{ dari: '2026-11-01', sampai: '2026-11-30' }, 1, 20]);
  Object.assign(list, { q: ' parkir ', id_guru: 9, rating: 2, only_hidden: true, page: 3 });
  list.filtered();
  await vi.waitFor(() => expect(list.loading.busy).toBe(false));
  expect(sent.listUlasan.mock.calls.at(-1)).toEqual([
    { dari: '2026-11-01', sampai: '2026-11-30', q: 'parkir', id_guru: 9, rating: 2, tersembunyi: true },
    1,
    20,
  ]);
  expect(sent.getRingkasanUlasan, 'a filter changes nothing of the whole').toHaveBeenCalledTimes(1);
  list.unfiltered();
  expect(list.is_filtered).toBe(false);
});

test('one can filter by every guru who can be visited or was reviewed, by name', async () => {
  const list = await shown();
  expect(list.guru.map(({ nama }) => nama)).toEqual(['Ayu Lestari', 'Bambang Prasetyo, S.Pd.']);
});

test('another period begins at its first page and forgets what the last one came to', async () => {
  const list = await shown();
  list.goTo(2);
  list.show(parsePeriod('bulan/2026-10') ?? NOVEMBER);
  expect([list.page, list.summary, list.rows.length]).toEqual([1, undefined, 0]);
  await vi.waitFor(() => expect(sent.getRingkasanUlasan).toHaveBeenCalledTimes(2));
});

test('a hidden comment stays in its place, and a refusal changes nothing', async () => {
  const list = await shown();
  sent.hideKomentar.mockResolvedValueOnce(
    ok(ulasan(2, { tersembunyi: true, alasan_tersembunyi: 'Menyebut nama' })),
  );
  expect(await list.hide(ulasan(2), ' Menyebut nama ')).toBeUndefined();
  expect(sent.hideKomentar.mock.calls[0]).toEqual([2, 'Menyebut nama']);
  expect(list.rows.map(({ tersembunyi }) => tersembunyi)).toEqual([true, false]);
  sent.hideKomentar.mockResolvedValueOnce(failed({ kind: 'unavailable' }));
  expect((await list.hide(ulasan(1), undefined))?.kind).toBe('unavailable');
  expect(list.rows.map(({ tersembunyi }) => tersembunyi)).toEqual([true, false]);
});

test('a reason says something', () => {
  expect(['', '  a ', 'ab', 'abc', ' 😀😀 ', '...', 'a-b c'].map(isReason)).toEqual([
    false,
    false,
    false,
    true,
    false,
    false,
    true,
  ]);
});

type Element = RingkasanSurvei['unsur'][number];
const element = (unsur: Element['unsur'], n: number, jumlah: number): Element => ({
  unsur,
  n,
  jumlah,
  per_nilai: [0, 0, 0, n],
});
const survei = (changes: Partial<RingkasanSurvei>): RingkasanSurvei => ({
  responden: 0,
  unsur: [],
  kelompok: { usia: {}, pendidikan: {}, pekerjaan: {}, jenis_kelamin: {} },
  saran: [],
  jumlah_saran: 0,
  ...changes,
});

test('the lowest element is one, or none is named', () => {
  const of = (...elements: Element[]) => lowestOf(elements);
  expect(of(element('biaya', 3, 9), element('waktu', 3, 8), element('sarana', 0, 0))).toBe('waktu');
  expect(of(element('biaya', 3, 9), element('waktu', 1, 3)), 'the same mean').toBeUndefined();
  expect(of(element('biaya', 3, 9)), 'nothing to compare').toBeUndefined();
});

test('respondents stand in the order of the survey, and those who do not tell come last', () => {
  const kelompok = {
    usia: { '50_ke_atas': 1, '20_29': 2 },
    pendidikan: {},
    pekerjaan: {},
    jenis_kelamin: {},
  };
  const [sex, age] = groupsOf(survei({ responden: 4, kelompok }));
  expect(sex?.parts).toEqual([{ name: 'tidak diisi', count: 4 }]);
  expect(age?.parts).toEqual([
    { name: '20 – 29 tahun', count: 2 },
    { name: '50 tahun ke atas', count: 1 },
    { name: 'tidak diisi', count: 1 },
  ]);
});

test('that everybody answered everything is only said where it is so', () => {
  const [all, some] = [element('biaya', 3, 9), element('waktu', 2, 8)];
  expect(answeredByAll(survei({ responden: 3, unsur: [all] }))).toBe(3);
  expect(answeredByAll(survei({ responden: 3, unsur: [all, some] }))).toBeUndefined();
});

test('what the filters show is saved as a file, and a refusal is told', async () => {
  const list = await shown();
  Object.assign(list, { q: ' cepat ', rating: 5, only_hidden: true });
  sent.exportUlasan.mockResolvedValueOnce(ok(new Blob(['x'])));
  expect(await list.export()).toBeUndefined();
  const days = { dari: '2026-11-01', sampai: '2026-11-30' };
  expect(sent.exportUlasan.mock.calls[0]).toEqual([{ ...days, q: 'cepat', rating: 5, tersembunyi: true }]);
  expect(saved.saveFile.mock.calls[0]?.[0]).toBe('ulasan-2026-11-01-2026-11-30.csv');
  sent.exportUlasan.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  expect(await list.export()).toEqual({ kind: 'unreachable' });
});

test('the survey is saved as a file, and what failed is told until it works', async () => {
  const survey = new SurveyResults();
  sent.getSurvei.mockResolvedValue(ok({}));
  survey.show(NOVEMBER);
  sent.surveiFile.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  await survey.download('pdf');
  expect([survey.failure?.kind, survey.saving]).toEqual(['unreachable', undefined]);
  sent.surveiFile.mockResolvedValueOnce(ok(new Blob(['x'])));
  await survey.download('pdf');
  expect(survey.failure).toBeUndefined();
  expect(sent.surveiFile.mock.calls[1]).toEqual(['2026-11-01', '2026-11-30', 'pdf', 'id']);
  expect(saved.saveFile.mock.calls.at(-1)?.[0]).toBe('survei-2026-11-01-2026-11-30.pdf');
});
