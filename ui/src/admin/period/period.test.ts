import { expect, test } from 'vitest';
import { NOW_MS } from '../../test_clock';
import { isoDate } from '../../i18n/format';
import { boundsOf, changed, daysIn, moved, parsePeriod, periodAt, rangeFault, restOf } from './period';
import { previousName, titleOf } from './period_text';

const TODAY = isoDate(NOW_MS);
const at = (rest: string) => parsePeriod(rest) ?? periodAt('hari', TODAY);

test('an address names a period, and the period names the address', () => {
  for (const rest of [
    'hari/2026-11-23',
    'minggu/2026-11-23',
    'bulan/2026-02',
    'rentang/2026-11-01/2026-11-23',
    'tahun-ajaran/2026',
  ])
    expect(restOf(at(rest))).toBe(rest);
  expect(restOf(at('minggu/2026-11-29')), 'a Sunday belongs to the Monday before').toBe('minggu/2026-11-23');
});

test('an address that names no period is told', () => {
  for (const rest of [
    '',
    'survei',
    'hari',
    'hari/2026-02-30',
    'hari/2026-11-23/2026-11-24',
    'bulan/2026-13',
    'bulan/2026',
    'rentang/2026-11-23/2026-11-01',
    'rentang/2020-01-01/2026-01-01',
    'rentang/2026-11-01',
    'tahun-ajaran/26',
    'tahun-ajaran/2026/x',
    'hari/0001-01-01',
  ])
    expect(parsePeriod(rest), rest).toBeUndefined();
});

test('periods have the days that people mean', () => {
  expect(boundsOf(at('bulan/2028-02'))).toEqual({ dari: '2028-02-01', sampai: '2028-02-29' });
  expect(boundsOf(at('minggu/2026-12-31'))).toEqual({ dari: '2026-12-28', sampai: '2027-01-03' });
  expect(boundsOf(at('tahun-ajaran/2026'))).toEqual({ dari: '2026-07-01', sampai: '2027-06-30' });
  expect(daysIn(boundsOf(at('tahun-ajaran/2026')))).toBe(365);
  expect(restOf(periodAt('tahun-ajaran', '2026-06-30'))).toBe('tahun-ajaran/2025');
  expect(restOf(periodAt('rentang', TODAY))).toBe('rentang/2026-11-01/2026-11-23');
});

test('each kind moves by its own length', () => {
  expect(restOf(moved(at('hari/2026-03-01'), -1))).toBe('hari/2026-02-28');
  expect(restOf(moved(at('minggu/2026-11-23'), 1))).toBe('minggu/2026-11-30');
  expect(restOf(moved(at('bulan/2026-01'), -1))).toBe('bulan/2025-12');
  expect(restOf(moved(at('rentang/2026-11-11/2026-11-20'), -1))).toBe('rentang/2026-11-01/2026-11-10');
  expect(restOf(moved(at('tahun-ajaran/2026'), -1))).toBe('tahun-ajaran/2025');
});

test('another kind stays near what is shown', () => {
  const around = (rest: string, kind: Parameters<typeof changed>[1]) =>
    restOf(changed(at(rest), kind, TODAY));
  expect(around('bulan/2026-11', 'hari'), 'today is in it').toBe('hari/2026-11-23');
  expect(around('bulan/2026-09', 'minggu'), 'today is not').toBe('minggu/2026-08-31');
  expect(around('bulan/2026-11', 'rentang'), 'what is to come has no visits').toBe(
    'rentang/2026-11-01/2026-11-23',
  );
  expect(around('bulan/2026-10', 'rentang')).toBe('rentang/2026-10-01/2026-10-31');
});

test('what is no range says why', () => {
  expect(rangeFault('', '2026-11-01')).toBe('tanggal');
  expect(rangeFault('2026-11-02', '2026-11-01')).toBe('urutan');
  expect(rangeFault('2021-11-23', '2026-11-26'), '1830 days').toBeUndefined();
  expect(rangeFault('2021-11-23', '2026-11-27')).toBe('panjang');
});

test('periods are named as a teacher says them, and the one before by what differs', () => {
  const names = (rest: string) => [titleOf(at(rest)), previousName(at(rest))];
  expect(names('hari/2026-11-23')).toEqual(['Senin, 23 November 2026', 'Min, 22 Nov']);
  expect(names('minggu/2026-11-23')[1]).toBe('minggu sebelumnya');
  expect(names('bulan/2026-11')).toEqual(['November 2026', 'Oktober']);
  expect(names('bulan/2026-01')).toEqual(['Januari 2026', 'Desember 2025']);
  expect(names('rentang/2026-11-01/2026-11-23')[1]).toBe('23 hari sebelumnya');
  expect(names('tahun-ajaran/2026')).toEqual(['Tahun ajaran 2026/2027', '2025/2026']);
});
