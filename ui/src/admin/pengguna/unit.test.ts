import { beforeEach, expect, test, vi } from 'vitest';
import type { PenggunaRinci } from '../../api/types';

const createPengguna = vi.fn();
const updatePengguna = vi.fn();
const listPengguna = vi.fn();
vi.mock('../../api/pengguna', () => ({ createPengguna, updatePengguna, listPengguna }));
const { UnitForm } = await import('./unit_form.svelte');
const { PenggunaList } = await import('./pengguna_list.svelte');

const ok = <T>(data: T) => ({ ok: true as const, data });
const person = (id: number, nama: string, aktif = true) =>
  ({ id, nama, aktif, role: 'Guru', unit: false, anggota: [] }) as unknown as PenggunaRinci;
const [ani, budi, citra] = [person(1, 'Ani'), person(2, 'Budi'), person(3, 'Citra', false)];
const unit = {
  ...person(9, 'Tata Usaha'),
  unit: true,
  jabatan: 'Surat',
  anggota: [
    { id: 1, nama: 'Ani', aktif: true },
    { id: 3, nama: 'Citra', aktif: false },
  ],
} as PenggunaRinci;

beforeEach(() => vi.clearAllMocks());

test('a unit needs a name, and may have nobody behind it', async () => {
  const form = new UnitForm();
  expect(form.errors).toEqual({});
  expect(await form.save()).toBeUndefined();
  expect(form.errors.nama).toBe('Tulis nama unit');
  expect(createPengguna).not.toHaveBeenCalled();
  expect(form.alerts_nobody).toBe(true);

  form.nama = '  Tata Usaha ';
  createPengguna.mockResolvedValue(ok({ pengguna: unit }));
  expect(await form.save()).toEqual(unit);
  const body = { nama: 'Tata Usaha', jabatan: '', telp: '', anggota: [], unit: true };
  expect(createPengguna).toHaveBeenCalledExactlyOnceWith(body);
});

test('members are added once, removed, and sent by their identity', async () => {
  const form = new UnitForm();
  form.nama = 'Tata Usaha';
  form.add(ani);
  form.add(budi);
  form.add(ani);
  expect(form.anggota.map((one) => one.nama)).toEqual(['Ani', 'Budi']);
  expect(form.alerts_nobody).toBe(false);
  form.remove(1);
  createPengguna.mockResolvedValue(ok({ pengguna: unit }));
  await form.save();
  const body = { nama: 'Tata Usaha', jabatan: '', telp: '', anggota: [2], unit: true };
  expect(createPengguna).toHaveBeenCalledExactlyOnceWith(body);
});

test('of a known unit only what was changed is sent, and closing it loses only that', async () => {
  const form = new UnitForm(unit);
  expect(form.is_changed).toBe(false);
  expect(form.alerts_nobody).toBe(false);
  form.remove(1);
  expect(form.is_changed).toBe(true);
  expect(form.alerts_nobody, 'who is left may not sign in').toBe(true);
  form.add(ani);
  updatePengguna.mockResolvedValue(ok(unit));
  await form.save();
  expect(updatePengguna).toHaveBeenCalledExactlyOnceWith(9, { anggota: [3, 1] });
});

test('active people are found who are no members yet', async () => {
  vi.useFakeTimers();
  const form = new UnitForm(unit);
  listPengguna.mockResolvedValue(ok({ data: [ani, budi, citra], total: 3 }));
  form.search.q = 'a';
  form.search.typed();
  await vi.runAllTimersAsync();
  expect(listPengguna).toHaveBeenCalledWith({ q: 'a', aktif: true, unit: false }, 1, 50);
  expect(form.search.found?.map((one) => one.nama)).toEqual(['Budi']);
  form.add(budi);
  expect([form.search.q, form.search.found]).toEqual(['', undefined]);
  vi.useRealTimers();
});

test('a refusal stands at its field, or above the form', async () => {
  const form = new UnitForm(unit);
  const problem = (codes: Record<string, string>, code: string) => ({
    ok: false as const,
    failure: { kind: 'problem', problem: { status: 422, title: '', detail: '', code, errors: codes, codes } },
  });
  updatePengguna.mockResolvedValue(problem({ anggota: 'anggota_tidak_ada' }, 'isian_tidak_valid'));
  expect(await form.save()).toBeUndefined();
  expect(form.errors.anggota).toBe('Pilih pengguna yang aktif, bukan unit');
  form.typed();
  expect(form.errors).toEqual({});
  updatePengguna.mockResolvedValue(problem({}, 'tidak_ditemukan'));
  await form.save();
  expect(form.message).not.toBe('');
});

test('the list shows units alone, and gurus without units', () => {
  listPengguna.mockResolvedValue(ok({ data: [], total: 0 }));
  const list = new PenggunaList();
  list.choose('unit');
  expect(listPengguna).toHaveBeenLastCalledWith({ urut: 'nama', unit: true }, 1, 20);
  list.choose('Guru');
  expect(listPengguna).toHaveBeenLastCalledWith({ urut: 'nama', role: 'Guru', unit: false }, 1, 20);
  expect(list.is_filtered).toBe(true);
  list.choose(undefined);
  expect(listPengguna).toHaveBeenLastCalledWith({ urut: 'nama' }, 1, 20);
  list.stop();
});
