import { expect, test } from 'vitest';
import type { JanjiTemu, Notifikasi } from '../api/types';
import { bahasa } from '../i18n/bahasa.svelte';
import { bodyOf } from '../test_answers';
import { dijawabLain, dipanggilLagi, tanggapanOf, terjawab, type Dijawab } from './tanggapan';

const told = bodyOf<Notifikasi>('notifikasi-dijawab');
const row = (changes: Partial<Dijawab>): Dijawab => ({ ...told, ...changes });

test('an answer is its kind, whatever its words', () => {
  expect(tanggapanOf(told)).toMatchObject({ jenis: 'ke_lobi', kata: 'Saya ke lobi' });
  expect(tanggapanOf(told)?.catatan).toBeUndefined();
  const wait = row({ tanggapan: '10 menit lagi', tanggapan_jenis: 'sebentar', tanggapan_menit: 10 });
  const { pada = 0, sampai } = tanggapanOf(wait) ?? {};
  expect(sampai).toBe(pada + 600_000);
  const room = row({ tanggapan: 'Antar ke Ruang 3', tanggapan_jenis: 'antar', tanggapan_tempat: 'Ruang 3' });
  expect(tanggapanOf(room)).toMatchObject({ kata: 'Antar ke Ruang 3', tempat: 'Ruang 3' });
});

test('what a guru writes beside the kind is kept', () => {
  const sorry = row({ tanggapan: 'Mendampingi siswa lomba sampai sore.', tanggapan_jenis: 'tidak_bisa' });
  expect(tanggapanOf(sorry)).toMatchObject({
    jenis: 'tidak_bisa',
    kata: 'Tidak bisa bertemu',
    catatan: 'Mendampingi siswa lomba sampai sore.',
  });
  expect(
    tanggapanOf(row({ tanggapan: 'Tidak bisa.', tanggapan_jenis: 'tidak_bisa' }))?.catatan,
  ).toBeUndefined();
});

test('it reads in the reader’s language; words of a guru’s own stay as they are', () => {
  bahasa.borrow('en');
  try {
    expect(tanggapanOf(told)?.kata).toBe('I am coming to the lobby');
    expect(tanggapanOf(row({ tanggapan: 'Mohon tunggu', tanggapan_jenis: 'teks' }))?.kata).toBe(
      'Mohon tunggu',
    );
  } finally {
    bahasa.giveBack();
  }
});

test('an answer that was taken back is none; another one, or the same again later, is news', () => {
  const none = row({ tanggapan: null, tanggapan_jenis: null, ditanggapi_pada: null });
  expect(tanggapanOf(none)).toBeUndefined();
  expect(dijawabLain(told, none)).toBe(false);
  expect(dijawabLain(told, { ...told })).toBe(false);
  expect(dijawabLain(undefined, told)).toBe(true);
  expect(dijawabLain(told, row({ ditanggapi_pada: '2026-11-23T02:09:00Z' }))).toBe(true);
  const { data } = bodyOf<{ data: JanjiTemu[] }>('hari-ini');
  expect(data.some((listed) => tanggapanOf(listed)?.jenis === 'ke_lobi')).toBe(true);
});

test('an answer holds until its time has passed, or the desk calls again', () => {
  const sebentar = row({
    ...{ tanggapan: '10 menit lagi', tanggapan_jenis: 'sebentar', tanggapan_menit: 10 },
    ditanggapi_pada: '2026-11-23T02:00:00Z',
  });
  const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
  expect(terjawab(sebentar, at('02:10:30'))).toBe(true);
  expect(terjawab(sebentar, at('02:11:00'))).toBe(false);
  const called = { ...sebentar, diberi_tahu_pada: '2026-11-23T02:05:00Z' };
  expect([terjawab(called, at('02:06:00')), dipanggilLagi(called)]).toEqual([false, called.diberi_tahu_pada]);
  const again = { ...called, ditanggapi_pada: '2026-11-23T02:07:00.5Z' };
  expect([terjawab(again, at('02:08:00')), dipanggilLagi(again)]).toEqual([true, undefined]);
});
