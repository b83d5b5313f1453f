import { expect, test } from 'vitest';
import { sebentarLeft } from './sebentar';

test.each([
  [600_000, 10],
  [599_999, 10],
  [540_000, 9],
  [1, 1],
  [0, 0],
  [-59_999, 0],
  [-60_000, -1],
  [-185_000, -3],
])('%i ms before the time %i minutes are left', (left_ms, minutes) => {
  expect(sebentarLeft(1_000_000 + left_ms, 1_000_000)).toBe(minutes);
});
