import { expect, test } from 'vitest';
import type { JanjiTemu } from '../../api/types';
import { daysBetween, groupsOf } from './appointment_groups';

const row = (id: number, tanggal: string, waktu: string) =>
  ({ id, tanggal, jadwal: `${tanggal}T${waktu}:00Z` }) as JanjiTemu;

test('the nearest appointments stand first, before and after today', () => {
  const rows = [
    row(1, '2026-09-02', '03:00'),
    row(2, '2026-11-23', '07:00'),
    row(3, '2026-12-24', '01:00'),
    row(4, '2026-10-14', '06:00'),
    row(5, '2026-11-23', '02:45'),
    row(6, '2026-12-02', '01:00'),
  ];
  const { today, coming, past } = groupsOf(rows, '2026-11-23');
  const ids = (group: JanjiTemu[]) => group.map(({ id }) => id);
  expect([ids(today), ids(coming), ids(past)]).toEqual([
    [5, 2],
    [6, 3],
    [4, 1],
  ]);
});

test('days are counted by the calendar', () => {
  expect(daysBetween('2026-11-23', '2026-12-02')).toBe(9);
  expect(daysBetween('2026-11-30', '2026-12-01')).toBe(1);
});
