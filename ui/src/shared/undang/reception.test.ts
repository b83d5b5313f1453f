import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuruRingkas, JanjiTemu, JanjiTemuBaru, TamuRingkas } from '../../api/types';

const sent = vi.hoisted(() => ({
  createJanjiTemu: vi.fn(),
  createSeries: vi.fn(),
  listDays: vi.fn(),
  listFreeTimes: vi.fn(),
  listHariGuru: vi.fn(),
}));
vi.mock('../../api/janji_temu', () => sent);
vi.mock('../../api/guru', () => sent);
vi.mock('../../api/tamu', () => ({ searchTamu: vi.fn(), findByTelp: vi.fn() }));

import { t } from '../../i18n/undang';
import { bodyOf, refusal } from '../../test_answers';
import { NOW_MS } from '../../test_clock';
import { JanjiTemuForm } from './janji_temu_form.svelte';

const made = bodyOf<JanjiTemuBaru>('janji-temu-dibuat');
const guru = { id: 5, nama: 'Sri Wahyuni', unit: false } as GuruRingkas;
const unit = { id: 9, nama: 'Tata Usaha', unit: true } as GuruRingkas;
const tamu = { id: 31, nama: 'Bambang' } as TamuRingkas;
const free = (...times: string[]) => ({
  ok: true,
  data: { data: times.map((waktu) => ({ waktu })), sampai: '2027-01-23' },
});

function opened(): JanjiTemuForm {
  return new JanjiTemuForm(undefined, { tanggal: '2026-11-24', waktu: '09:00' });
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listFreeTimes.mockResolvedValue(free('09:00', '10:30'));
  sent.createJanjiTemu.mockResolvedValue({ ok: true, data: made });
});
afterEach(() => vi.useRealTimers());

test('free times are those of whoever is to be met, and nobody’s before that', async () => {
  const form = opened();
  await vi.advanceTimersByTimeAsync(0);
  await form.jadwal.showMonth('2026-11');
  expect([sent.listFreeTimes.mock.calls, sent.listHariGuru.mock.calls]).toEqual([[], []]);
  form.chooseGuru(guru);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listFreeTimes).toHaveBeenLastCalledWith(5, '2026-11-24', 30, undefined);
  form.chooseGuru(unit);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listFreeTimes).toHaveBeenLastCalledWith(9, '2026-11-24', 30, undefined);
  expect(form.jadwal.free_times).toEqual(['09:00', '10:30']);
});

test('a guest meets whom the reception chose, and nothing is sent before', async () => {
  const form = opened();
  form.choose(tamu);
  form.search.q = '0812 0000 5160';
  form.keperluan = 'Konsultasi rapor';
  expect(await form.submit()).toBeUndefined();
  expect(form.errors.guru).toBe(t.formulir.guru_kosong);
  form.chooseGuru(guru);
  expect(await form.submit()).toBe(made);
  // However the guest was found, the reception knows every guest by id.
  expect(sent.createJanjiTemu.mock.calls[0]?.[0]).toMatchObject({ id_guru: 5, id_tamu: 31 });
});

test('a new guest is entered with an address, if it is one', async () => {
  const form = opened();
  form.chooseGuru(guru);
  form.newTamu();
  Object.assign(form, { nama: 'Togi', telp: '081200008842', email: 'togi', instansi: 'PT Maju' });
  form.keperluan = 'Magang';
  expect(await form.submit()).toBeUndefined();
  expect(form.errors.email).toBe(t.beberapa.salah.email);
  form.email = ' togi@contoh.id ';
  expect(await form.submit()).toBe(made);
  expect(sent.createJanjiTemu.mock.calls[0]?.[0]).toMatchObject({
    tamu: { nama: 'Togi', telp: '081200008842', email: 'togi@contoh.id', instansi: 'PT Maju' },
  });
});

test('a clash is told with the guest of that guru alone, and made if it is wanted', async () => {
  const other = (id: number, id_guru: number): JanjiTemu => ({
    ...made,
    id,
    id_guru,
    status: 'belum',
    tanggal: '2026-11-24',
    waktu: '09:00',
    durasi_menit: 30,
  });
  sent.listDays.mockResolvedValue({ ok: true, data: [other(1, 4), other(2, 5)] });
  sent.createJanjiTemu.mockResolvedValueOnce(refusal(409, 'bentrok', { waktu_kosong: '10:30' }));
  const form = opened();
  form.chooseGuru(guru);
  form.choose(tamu);
  form.keperluan = 'Konsultasi';
  expect(await form.submit()).toBeUndefined();
  expect(form.jadwal.clash?.others.map(({ id }) => id)).toEqual([2]);
  expect(form.jadwal.clash?.free_time).toBe('10:30');
  form.jadwal.izinkan_bentrok = true;
  expect(await form.submit()).toBe(made);
  expect(sent.createJanjiTemu.mock.calls[1]?.[0]).toMatchObject({ izinkan_bentrok: true });
});

test('what was chosen would be lost', () => {
  const form = opened();
  expect(form.has_input).toBe(false);
  form.chooseGuru(guru);
  expect(form.has_input).toBe(true);
});
