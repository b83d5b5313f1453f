import { beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../api/result';

const sent = vi.hoisted(() => ({ tryRegister: vi.fn(), everyPengguna: vi.fn() }));
vi.mock('../../api/setelan', () => sent);
vi.mock('../../api/pengguna', () => sent);

import { refusal } from '../../test_answers';
import type { Draft } from './fields';
import { Recipients } from './recipients.svelte';
import { Register } from './register.svelte';
import type { SetelanForm } from './setelan_form.svelte';

const SEKOLAH = {
  nama: 'SMP Nusa Lentera',
  npsn: '20400001',
  alamat: 'Jl. Melati 1, Kab. Sleman',
  telepon: '0274 555 001',
  email: '',
};

function formOf() {
  const draft = {
    nama_sekolah: 'Sekolah',
    npsn: '20400001',
    alamat: '',
    kop: { baris1: 'Pemkab', telp: '', email: 'tu@sekolah.example' },
  } as unknown as Draft;
  const set = (name: keyof Draft, value: unknown) => Object.assign(draft, { [name]: value });
  return { draft, set } as unknown as SetelanForm;
}

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.tryRegister.mockResolvedValue(ok({ berhasil: true, pesan: '', sekolah: SEKOLAH }));
});

async function asked(form = formOf()): Promise<Register> {
  const register = new Register(form);
  register.alamat = ' 192.168.1.5 ';
  register.token = 'rahasia';
  await register.ask();
  return register;
}

test('only what is told and other than here can be taken over, line by line', async () => {
  const form = formOf();
  const register = await asked(form);
  const where = { alamat: '192.168.1.5', npsn: '20400001', token: 'rahasia' };
  expect(sent.tryRegister.mock.calls).toEqual([[where]]);
  expect(register.token, 'it is not kept').toBe('');
  expect(register.lines.map(({ name, now }) => [name, now])).toEqual([
    ['nama', 'Sekolah'],
    ['alamat', ''],
    ['telepon', ''],
  ]);
  register.choose('alamat', false);
  register.take();
  expect([form.draft.nama_sekolah, form.draft.alamat]).toEqual(['SMP Nusa Lentera', '']);
  expect(form.draft.kop).toEqual({ baris1: 'Pemkab', telp: '0274 555 001', email: 'tu@sekolah.example' });
  expect(register.lines.map(({ name }) => name)).toEqual(['alamat']);
});

test('what is missing or refused stands at its field, and a server that fails is told softly', async () => {
  const register = new Register(formOf());
  await register.ask();
  expect(Object.keys(register.errors)).toEqual(['alamat', 'token']);
  expect(sent.tryRegister).not.toHaveBeenCalled();
  sent.tryRegister.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', { errors: { alamat: 'x' } }));
  expect(Object.keys((await asked()).errors)).toEqual(['alamat']);
  const failed = { berhasil: false, pesan: '', kode: 'dapodik_menolak', sekolah: null };
  sent.tryRegister.mockResolvedValueOnce(ok(failed));
  const refused = await asked();
  expect([refused.message, refused.sekolah]).toEqual([
    'Server Dapodik menolak. Periksa token dan alamat IP yang didaftarkan untuknya.',
    undefined,
  ]);
});

test('admins without an address, and who is no admin any more, are told apart', async () => {
  const admins = [
    { id: 1, nama: 'Wening', email: 'wening@sekolah.example' },
    { id: 2, nama: 'Danu', email: '3352761662200013@tanpa-email.invalid' },
  ];
  sent.everyPengguna.mockResolvedValue(ok(admins));
  const recipients = new Recipients();
  await recipients.loading.load();
  expect(sent.everyPengguna.mock.calls[0]?.[0]).toEqual({ role: 'Admin', aktif: true });
  expect(recipients.rows([1, 9, 9])).toEqual([
    { id: 1, nama: 'Wening', email: 'wening@sekolah.example', is_gone: false },
    { id: 2, nama: 'Danu', email: undefined, is_gone: false },
    { id: 9, nama: 'Pengguna 9', email: undefined, is_gone: true },
  ]);
  expect(recipients.has_any).toBe(true);
  sent.everyPengguna.mockResolvedValue(ok([admins[1]]));
  await recipients.loading.load();
  expect(recipients.has_any).toBe(false);
});
