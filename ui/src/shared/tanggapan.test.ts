import { expect, test } from 'vitest';
import type { JanjiTemu, Notifikasi } from '../api/types';
import { language } from '../i18n/language.svelte';
import { bodyOf } from '../test_answers';
import { isOtherTanggapan, calledAgainAt, tanggapanOf, answerHolds, type TanggapanFields } from './tanggapan';

const told = bodyOf<Notifikasi>('notifikasi-dijawab');
const row = (changes: Partial<TanggapanFields>): TanggapanFields => ({ ...told, ...changes });

test('an answer is its kind, whatever its words', () => {
  expect(tanggapanOf(told)).toMatchObject({ jenis: 'ke_lobi', words: 'Saya ke lobi' });
  expect(tanggapanOf(told)?.note).toBeUndefined();
  const wait = row({ tanggapan: '10 menit lagi', tanggapan_jenis: 'sebentar', tanggapan_menit: 10 });
  const { pada = 0, sampai } = tanggapanOf(wait) ?? {};
  expect(sampai).toBe(pada + 600_000);
  const room = row({ tanggapan: 'Antar ke Ruang 3', tanggapan_jenis: 'antar', tanggapan_tempat: 'Ruang 3' });
  expect(tanggapanOf(room)).toMatchObject({ words: 'Antar ke Ruang 3', tempat: 'Ruang 3' });
});

test('what a guru writes beside the kind is kept', () => {
  const sorry = row({ tanggapan: 'Mendampingi siswa lomba sampai sore.', tanggapan_jenis: 'tidak_bisa' });
  expect(tanggapanOf(sorry)).toMatchObject({
    jenis: 'tidak_bisa',
    words: 'Tidak bisa bertemu',
    note: 'Mendampingi siswa lomba sampai sore.',
  });
  expect(tanggapanOf(row({ tanggapan: 'Tidak bisa.', tanggapan_jenis: 'tidak_bisa' }))?.note).toBeUndefined();
});

test('it reads in the reader’s language; words of a guru’s own stay as they are', () => {
  language.borrow('en');
  try {
    expect(tanggapanOf(told)?.words).toBe('I am coming to the lobby');
    expect(tanggapanOf(row({ tanggapan: 'Mohon tunggu', tanggapan_jenis: 'teks' }))?.words).toBe(
      'Mohon tunggu',
    );
  } finally {
    language.giveBack();
  }
});

test('an answer that was taken back is none; another one, or the same again later, is news', () => {
  const none = row({ tanggapan: null, tanggapan_jenis: null, ditanggapi_pada: null });
  expect(tanggapanOf(none)).toBeUndefined();
  expect(isOtherTanggapan(told, none)).toBe(false);
  expect(isOtherTanggapan(told, { ...told })).toBe(false);
  expect(isOtherTanggapan(undefined, told)).toBe(true);
  expect(isOtherTanggapan(told, row({ ditanggapi_pada: '2026-11-23T02:09:00Z' }))).toBe(true);
  const { data } = bodyOf<{ data: JanjiTemu[] }>('hari-ini');
  expect(data.some((listed) => tanggapanOf(listed)?.jenis === 'ke_lobi')).toBe(true);
});

test('an answer holds until its time has passed, or the desk calls again', () => {
  const sebentar = row({
    ...{ tanggapan: '10 menit lagi', tanggapan_jenis: 'sebentar', tanggapan_menit: 10 },
    ditanggapi_pada: '2026-11-23T02:00:00Z',
  });
  const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
  expect(answerHolds(sebentar, at('02:10:30'))).toBe(true);
  expect(answerHolds(sebentar, at('02:11:00'))).toBe(false);
  const called = { ...sebentar, diberi_tahu_pada: '2026-11-23T02:05:00Z' };
  expect([answerHolds(called, at('02:06:00')), calledAgainAt(called)]).toEqual([
    false,
    called.diberi_tahu_pada,
  ]);
  const again = { ...called, ditanggapi_pada: '2026-11-23T02:07:00.5Z' };
  expect([answerHolds(again, at('02:08:00')), calledAgainAt(again)]).toEqual([true, undefined]);
});
