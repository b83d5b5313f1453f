import { expect, test } from 'vitest';
import { Penjagaan } from './penjagaan.svelte';

test('whoever locks the desk may type at once, and only once', () => {
  const penjagaan = new Penjagaan();
  expect(penjagaan.takeChosen()).toBe(false);
  penjagaan.lock();
  expect([penjagaan.takeChosen(), penjagaan.takeChosen()]).toEqual([true, false]);
});
