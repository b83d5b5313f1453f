import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ listGuru: vi.fn() }));
vi.mock('../api/guru', () => sent);

import { CariGuru } from './cari_guru.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  const data = [1, 2, 3].map((id) => ({ id, nama: `Guru ${id}` }));
  sent.listGuru.mockResolvedValue({ ok: true, data: { data, total: 8 } });
});
afterEach(() => void vi.useRealTimers());

async function opened(menolak: number[] = []): Promise<CariGuru> {
  const cari = new CariGuru(menolak);
  await vi.advanceTimersByTimeAsync(0);
  return cari;
}

test('who cannot meet the guest is offered last, and none is left out', async () => {
  const cari = await opened([1, 2]);
  expect(cari.hasil?.map(({ id }) => id)).toEqual([3, 1, 2]);
  expect(cari.lagi).toBe(5);
});

test('nobody is chosen before something is typed or an arrow key is pressed', async () => {
  const cari = await opened();
  expect(cari.terpilih).toBeUndefined();
  cari.move(-1);
  expect(cari.terpilih?.id).toBe(3);
  cari.move(1);
  expect(cari.terpilih?.id).toBe(1);
  cari.q = 'guru';
  cari.typed();
  await vi.advanceTimersByTimeAsync(500);
  expect(cari.terpilih?.id).toBe(1);
  cari.q = '';
  cari.typed();
  await vi.advanceTimersByTimeAsync(500);
  expect(cari.terpilih).toBeUndefined();
});
