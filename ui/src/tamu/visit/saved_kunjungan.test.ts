import { beforeEach, expect, test, vi } from 'vitest';
import { KODE, kunjungan } from '../test_kunjungan';
import { forgetEveryKunjungan, forgetKunjungan, savedKunjungan, saveKunjungan } from './saved_kunjungan';

beforeEach(() => forgetEveryKunjungan());

test('a phone keeps the newest visits only', () => {
  for (let at = 0; at < 12; at += 1) saveKunjungan(kunjungan({ kode: `K${at}` }), at);
  expect([savedKunjungan('K3'), savedKunjungan('K4')?.pada, savedKunjungan('K11')?.pada]).toEqual([
    undefined,
    4,
    11,
  ]);
});

test('a visit that is forgotten is gone, others stay', () => {
  saveKunjungan(kunjungan(), 1);
  saveKunjungan(kunjungan({ kode: 'LAIN' }), 2);
  forgetKunjungan(KODE);
  expect([savedKunjungan(KODE), savedKunjungan('LAIN')?.pada]).toEqual([undefined, 2]);
});

test('a phone that keeps nothing, or keeps something else there, is no error', () => {
  localStorage.setItem('bukutamu.kunjungan', 'not json');
  expect(savedKunjungan(KODE)).toBeUndefined();
  const full = vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
    throw new Error('no room');
  });
  expect(() => saveKunjungan(kunjungan(), 1)).not.toThrow();
  full.mockRestore();
});
