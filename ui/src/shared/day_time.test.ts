import { afterEach, expect, test, vi } from 'vitest';
import { language } from '../i18n/language.svelte';
import { dayTimeText, addDays } from '../i18n/format';
import { parseDayTime } from './day_time';

/** A Monday. */
const TODAY = '2026-11-23';
const now = { tanggal: '2026-11-24', waktu: '08:15' };
const read = (text: string) => {
  const day_time = parseDayTime(text, now, TODAY);
  return day_time && `${day_time.tanggal} ${day_time.waktu}`;
};

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => language.choose('id'));

test('a time alone keeps the day', () => {
  for (const text of [
    '1100',
    '11.00',
    '11:00',
    '11',
    'jam 11',
    'pukul 11.00 WIB',
    ' 11.00 ',
    '11am',
    '11:00 am',
  ]) {
    expect(read(text), text).toBe('2026-11-24 11:00');
  }
  expect(read('930')).toBe('2026-11-24 09:30');
  expect(read('1.30 pm')).toBe('2026-11-24 13:30');
  expect(read('0')).toBe('2026-11-24 00:00');
});

test('a day alone keeps the time, and without a year it is the next one', () => {
  for (const text of [
    '2/12',
    '2-12',
    '02/12/2026',
    '2/12/26',
    '2 des',
    '2 Desember 2026',
    'Dec 2',
    '2026-12-02',
    '2.12.2026',
  ]) {
    expect(read(text), text).toBe('2026-12-02 08:15');
  }
  expect(read('3/1')).toBe('2027-01-03 08:15');
  expect(read('besok')).toBe('2026-11-24 08:15');
  expect(read('hari ini')).toBe('2026-11-23 08:15');
  expect(read('rabu')).toBe('2026-11-25 08:15');
  expect(read('Sunday')).toBe('2026-11-29 08:15');
});

test('both at once', () => {
  for (const text of [
    '2/12 11.00',
    '2/12 1100',
    '2 des 11',
    '11.00 2/12',
    'Rabu, 2 Desember pukul 11.00',
    'wed 2 dec 11:00',
  ]) {
    expect(read(text), text).toBe('2026-12-02 11:00');
  }
  expect(read('besok 9')).toBe('2026-11-24 09:00');
});

test('what is neither is refused, and so is what no calendar has', () => {
  for (const text of [
    '',
    'nanti',
    '31/2',
    '0/5',
    '25.00',
    '11.60',
    '2/13',
    '13 pm',
    '11.00 siang-siang',
    '99999',
    '2/12 11.00 12.00',
  ]) {
    expect(read(text), text).toBeUndefined();
  }
});

test('what the field shows can be read back, on every day of a year, in both languages', () => {
  for (const kode of ['id', 'en'] as const) {
    language.choose(kode);
    for (let at = 0; at < 366; at += 1) {
      const day_time = { tanggal: addDays(TODAY, at), waktu: '09:30' };
      expect(parseDayTime(dayTimeText(day_time.tanggal, day_time.waktu), now, TODAY)).toEqual(day_time);
    }
  }
});
