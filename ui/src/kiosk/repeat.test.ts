import { expect, test } from 'vitest';
import { RepeatFilter } from './repeat';

test('a code held in view counts once, and again after it was away', () => {
  const filter = new RepeatFilter();
  const counted = [0, 200, 1600, 3000, 4400, 5800].map((at_ms) => filter.admit('A', at_ms));
  expect(counted).toEqual([true, false, false, false, false, false]);
  expect(filter.admit('A', 8000)).toBe(true);
  expect(filter.admit('B', 8001)).toBe(true);
  expect(filter.admit('A', 8002)).toBe(false);
});
