import { expect, it } from 'vitest';
import { StrayClicks } from './stray_click';

it('lets the second press of a double click reach only what was pressed first', () => {
  const clicks = new StrayClicks();
  expect(clicks.isStray('ya', 1)).toBe(false);
  expect(clicks.isStray('baris', 2)).toBe(true);
  expect(clicks.isStray(null, 3)).toBe(true);
  expect(clicks.isStray('baris', 1)).toBe(false);
  expect(clicks.isStray('baris', 2)).toBe(false);
  expect(clicks.isStray('ya', 0)).toBe(false);
  expect(clicks.isStray('baris', 1)).toBe(false);
});
