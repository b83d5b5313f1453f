import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ listGuru: vi.fn() }));
vi.mock('../api/guru', () => sent);

import { GuruSearch } from './guru_search.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  const data = [1, 2, 3].map((id) => ({ id, nama: `Guru ${id}` }));
  sent.listGuru.mockResolvedValue({ ok: true, data: { data, total: 8 } });
});
afterEach(() => void vi.useRealTimers());

async function opened(refusingGurus: number[] = []): Promise<GuruSearch> {
  const search = new GuruSearch(refusingGurus);
  await vi.advanceTimersByTimeAsync(0);
  return search;
}

test('who cannot meet the guest is offered last, and none is left out', async () => {
  const search = await opened([1, 2]);
  expect(search.found?.map(({ id }) => id)).toEqual([3, 1, 2]);
  expect(search.more_count).toBe(5);
});

test('nobody is chosen before something is typed or an arrow key is pressed', async () => {
  const search = await opened();
  expect(search.selected).toBeUndefined();
  search.move(-1);
  expect(search.selected?.id).toBe(3);
  search.move(1);
  expect(search.selected?.id).toBe(1);
  search.q = 'guru';
  search.typed();
  await vi.advanceTimersByTimeAsync(500);
  expect(search.selected?.id).toBe(1);
  search.q = '';
  search.typed();
  await vi.advanceTimersByTimeAsync(500);
  expect(search.selected).toBeUndefined();
});
