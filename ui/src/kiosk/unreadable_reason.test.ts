import { expect, test } from 'vitest';
import type { ScanRejection } from '../host';
import { pictureReasonOf, reasonOf } from './unreadable_reason';

const rejected = (why: ScanRejection['why'], format: string | null = null) =>
  reasonOf({ source: 'folder:masuk', kind: 'folder', why, file: 'foto', format });

test('every reason of the program has words at the desk', () => {
  expect(rejected('not_text')).toBe('kacau');
  expect(rejected('too_long')).toBe('kacau');
  expect(rejected('malformed')).toBe('kacau');
  expect(rejected('no_code')).toBe('gambar_kosong');
  expect(rejected('broken')).toBe('gambar_rusak');
  expect(rejected('empty')).toBe('gambar_nol');
  expect(rejected('too_large')).toBe('gambar_berat');
  expect(rejected('given_up')).toBe('gambar_berat');
  expect(rejected('denied')).toBe('gambar_tertutup');
  expect(rejected('unknown_format', 'PDF')).toBe('gambar_asing');
  expect(rejected('unknown_format', 'HEIC')).toBe('gambar_heic');
});

test('what is no word of the program is none of a picture', () => {
  expect(pictureReasonOf(new Error('broken'))).toBeUndefined();
  expect(pictureReasonOf('toString')).toBeUndefined();
});
