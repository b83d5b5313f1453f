import { expect, test } from 'vitest';
import { sizeText } from './size_text';

test('no file is told as nothing, and none in units too small for it', () => {
  const shown = [0, 1, 1024, 62_000, 104_857, 104_858, 5_600_000, 2 ** 30, 3.26 * 2 ** 30];
  expect(shown.map((bytes) => sizeText(bytes, 'id-ID'))).toEqual([
    '0 kB',
    '1 kB',
    '1 kB',
    '61 kB',
    '102 kB',
    '0,1 MB',
    '5,3 MB',
    '1,0 GB',
    '3,3 GB',
  ]);
  expect(sizeText(5_600_000, 'en-GB')).toBe('5.3 MB');
});
