import { expect, test } from 'vitest';
import { Shift } from './shift.svelte';

test('whoever locks the desk may type at once, and only once', () => {
  const shift = new Shift();
  expect(shift.takeChosen()).toBe(false);
  shift.lock();
  expect([shift.takeChosen(), shift.takeChosen()]).toEqual([true, false]);
});
