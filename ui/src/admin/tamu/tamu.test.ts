import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu, TamuKartu } from '../../api/types';

const sent = vi.hoisted(() => ({
  listTamu: vi.fn(),
  getTamuKartu: vi.fn(),
  mergeTamu: vi.fn(),
  partTamu: vi.fn(),
  eraseTamu: vi.fn(),
  tamuData: vi.fn(),
  updateTamu: vi.fn(),
  findByTelp: vi.fn(),
  listJanjiTemu: vi.fn(),
  listPesan: vi.fn(),
}));
vi.mock('../../api/tamu', () => sent);
vi.mock('../../api/janji_temu', () => sent);
vi.mock('../../api/pesan', () => sent);

import { failed, ok, type Problem } from '../../api/result';
import { NOW_MS } from '../../test_clock';
import { Card } from './card.svelte';
import { TamuForm } from './tamu_form.svelte';
import { TamuList } from './tamu_list.svelte';

const tamu = {
  id: 7,
  nama: 'Dewi Anggraini',
  telp: '+6281200000007',
  email: null,
  instansi: 'SMP 3',
  gabungan: [],
} as unknown as TamuKartu;
const visit = (id: number, status: JanjiTemu['status']) => ({ id, status, id_tamu: 7 }) as JanjiTemu;
const refused = (status: number, code: string) =>
  failed({ kind: 'problem', problem: { status, title: '', detail: '', code } as Problem });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getTamuKartu.mockResolvedValue(ok(tamu));
  sent.listPesan.mockResolvedValue(ok({ data: [], total: 0 }));
  sent.listJanjiTemu.mockResolvedValue(ok({ data: [visit(2, 'belum'), visit(1, 'selesai')], total: 2 }));
});
afterEach(() => vi.useRealTimers());

async function opened(): Promise<Card> {
  const kartu = new Card(7);
  kartu.start();
  await vi.advanceTimersByTimeAsync(0);
  return kartu;
}

test('guests are asked for by what was chosen', async () => {
  sent.listTamu.mockResolvedValue(ok({ data: [tamu], total: 1 }));
  const list = new TamuList();
  list.start();
  list.choose('hapus');
  list.q = ' dewi ';
  list.typed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.listTamu.mock.calls.map(([filter]) => filter as unknown)).toEqual([
    {},
    { hapus_diminta: true },
    { q: 'dewi', hapus_diminta: true },
  ]);
  list.stop();
});

test('a card knows for what the guest is awaited, and whether the guest is here', async () => {
  const kartu = await opened();
  expect([kartu.is_here, kartu.awaited.map(({ id }) => id), kartu.visit_count]).toEqual([false, [2], 2]);
  sent.listJanjiTemu.mockResolvedValue(ok({ data: [visit(1, 'menunggu')], total: 1 }));
  kartu.told(visit(1, 'menunggu'));
  await vi.advanceTimersByTimeAsync(0);
  expect(kartu.is_here).toBe(true);
  kartu.told({ ...visit(1, 'batal'), id_tamu: 8 });
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.getTamuKartu).toHaveBeenCalledTimes(2);
  kartu.stop();
});

test('who was erased has no card', async () => {
  sent.getTamuKartu.mockResolvedValue(refused(404, 'tidak_ditemukan'));
  expect((await opened()).is_gone).toBe(true);
});

test('what is refused is told, and what was done is answered', async () => {
  const kartu = await opened();
  sent.mergeTamu.mockResolvedValue(refused(422, 'isian_tidak_valid'));
  expect(await kartu.merge(7, 8)).toBe(false);
  expect(kartu.failure).toBeDefined();
  sent.mergeTamu.mockResolvedValue(ok(tamu));
  expect(await kartu.merge(8, 7)).toBe(true);
  expect(sent.mergeTamu).toHaveBeenLastCalledWith(8, 7);
  expect(kartu.failure).toBeUndefined();
  sent.eraseTamu.mockResolvedValue(ok({ selesai: false }));
  expect((await kartu.erase())?.selesai).toBe(false);
  kartu.stop();
});

test('a number of somebody else is told with who that is', async () => {
  const form = new TamuForm(tamu);
  expect([form.telp, form.is_changed]).toEqual(['0812 0000 0007', false]);
  form.telp = '0812 0000 0008';
  sent.updateTamu.mockResolvedValue(refused(409, 'sudah_ada'));
  sent.findByTelp.mockResolvedValue(ok({ id: 8, nama: 'Eko' }));
  expect(await form.save()).toBeUndefined();
  expect([form.owner?.id, form.errors.telp]).toEqual([8, 'Nomor ini milik Eko.']);
  form.typed();
  expect(form.owner).toBeUndefined();
  form.nama = ' ';
  expect(await form.save()).toBeUndefined();
  expect(form.errors.nama).toBeDefined();
  form.nama = 'Dewi A';
  sent.updateTamu.mockResolvedValue(ok(tamu));
  expect(await form.save()).toBe(tamu);
  expect(sent.updateTamu).toHaveBeenLastCalledWith(7, { nama: 'Dewi A', telp: '0812 0000 0008' });
});
