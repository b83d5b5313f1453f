import { expect, test } from 'vitest';
import type { JanjiTemu, Scan } from '../api/types';
import { sekolah } from '../i18n/sekolah.svelte';
import { bodyOf } from '../test_answers';
import { undoOf } from './undo';

const AT = '2026-11-23T02:30:00Z';
const at_ms = Date.parse(AT);
const came = bodyOf<Scan>('scan-datang').appointment as JanjiTemu;
const row = (changes: Partial<JanjiTemu>): JanjiTemu => ({ ...came, waktu_datang: AT, ...changes });

test.each<[string, Partial<JanjiTemu>, ReturnType<typeof undoOf>]>([
  ['an appointment that came', { status: 'menunggu' }, { what: 'datang', to: 'belum', remaining: 240 }],
  [
    'a walk-in that came',
    { status: 'menunggu', jenis: 'langsung' },
    { what: 'datang', to: 'batal', remaining: 240 },
  ],
  [
    'who left without a meeting',
    { status: 'selesai', waktu_selesai: AT },
    { what: 'pulang', to: 'menunggu', remaining: 240 },
  ],
  [
    'who left after one',
    { status: 'selesai', waktu_mulai: AT, waktu_selesai: AT },
    { what: 'pulang', to: 'sedang berlangsung', remaining: 240 },
  ],
  ['who meets the guru', { status: 'sedang berlangsung', waktu_mulai: AT }, undefined],
  ['who has not come', { status: 'belum', waktu_datang: null }, undefined],
  ['who was called off', { status: 'batal', waktu_datang: null }, undefined],
  ['who did not come', { status: 'tidak hadir', waktu_datang: null }, undefined],
])('%s, a minute later', (_, changes, expected) => {
  expect(undoOf(row(changes), at_ms + 60_000)).toEqual(expected);
});

test('the last second counts, the next one does not, and a clock that is behind makes it no longer', () => {
  const limit_ms = 5 * 60_000;
  const left = row({ status: 'selesai', waktu_selesai: AT });
  expect(undoOf(left, at_ms + limit_ms - 1)?.remaining).toBe(1);
  expect(undoOf(left, at_ms + limit_ms)).toBeUndefined();
  expect(undoOf(left, at_ms - 90_000)?.remaining).toBe(300);
});

test('a school that gives more or no time is followed', () => {
  const left = row({ status: 'selesai', waktu_selesai: AT });
  sekolah.batas_urung_menit = 30;
  expect(undoOf(left, at_ms + 20 * 60_000)?.remaining).toBe(600);
  sekolah.batas_urung_menit = 0;
  expect(undoOf(left, at_ms)).toBeUndefined();
  sekolah.batas_urung_menit = 5;
});
