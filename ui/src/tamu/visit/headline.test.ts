import { expect, test } from 'vitest';
import type { Kunjungan } from '../../api/types';
import { NOW_MS } from '../../test_clock';
import { kunjungan } from '../test_kunjungan';
import { headlineOf } from './headline';

const said = (changes: Partial<Kunjungan>) => {
  const headline = headlineOf(kunjungan({ status: 'menunggu', ...changes }), NOW_MS);
  return headline && [headline.title, ...headline.lines];
};
const answered = { ditanggapi_pada: '2026-11-23T02:40:00Z' };

test('before the visit the code is the largest thing', () => {
  expect(headlineOf(kunjungan(), NOW_MS)).toBeUndefined();
});

test('who waits is told that the guru knows, and then what the guru answers', () => {
  expect(said({})).toEqual([
    'Pak Bambang Prasetyo sudah diberi tahu',
    'Silakan tunggu di Lobi utama. Jawabannya muncul di sini.',
  ]);
  expect(said({ ...answered, tanggapan_jenis: 'ke_lobi', tanggapan: 'Saya ke lobi' })).toEqual([
    'Pak Bambang Prasetyo menuju Lobi utama',
    'Dijawab 09.40',
  ]);
  const antar = {
    tanggapan_jenis: 'antar',
    tanggapan: 'Antar ke Ruang guru',
    tanggapan_tempat: 'Ruang guru',
  };
  expect(said({ ...answered, ...antar } as Partial<Kunjungan>)?.[0]).toBe('Silakan ke Ruang guru');
});

test('"in a moment" counts down, and says so when it takes longer', () => {
  const sebentar = { ...answered, tanggapan_jenis: 'sebentar', tanggapan: '10 menit lagi' } as const;
  expect(said({ ...sebentar, tanggapan_menit: 10 })?.[1]).toBe('Dijawab 09.40 · sekitar 9 menit lagi');
  expect(said({ ...sebentar, tanggapan_menit: 1 })?.[1]).toBe(
    'Dijawab 09.40 · sedikit lebih lama dari perkiraan',
  );
});

test('a guru who cannot meet apologises, with their own words if there are any', () => {
  const tidak_bisa = { ...answered, tanggapan_jenis: 'tidak_bisa', tanggapan: 'Ada rapat mendadak' } as const;
  expect(said(tidak_bisa)?.[0]).toBe('Mohon maaf, Pak Bambang Prasetyo belum bisa bertemu');
  expect(said(tidak_bisa)?.at(-1)).toBe('“Ada rapat mendadak”');
  expect(said({ ...answered, tanggapan_jenis: 'teks', tanggapan: 'Tunggu di perpustakaan' })?.[0]).toBe(
    '“Tunggu di perpustakaan”',
  );
});

test('a visit that was called off says by whom and why', () => {
  expect(said({ status: 'batal', batal_oleh_tamu: true, alasan: 'Sakit' })).toEqual([
    'Janji ini Anda batalkan',
    'Sebab: Sakit',
    'Untuk waktu baru, hubungi Pak Bambang Prasetyo.',
  ]);
  expect(said({ status: 'batal' })?.[0]).toBe('Janji ini dibatalkan sekolah');
});
