import { expect, test } from 'vitest';
import { scopeOf } from './keep_page';

test('only the guests’ pages are kept by this', () => {
  expect(['/k/CODE', '/K/CODE', '/tamu', '/kiosk', '/tamu-sw.js', '/'].map(scopeOf)).toEqual([
    '/k/',
    '/K/',
    '/tamu',
    undefined,
    undefined,
    undefined,
  ]);
});
