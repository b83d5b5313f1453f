import { beforeEach, expect, test, vi } from 'vitest';
import type { ErrorCode, PenggunaRinci } from '../api/types';

const sent = vi.hoisted(() => ({
  listPengguna: vi.fn(),
  createPengguna: vi.fn(),
  updatePengguna: vi.fn(),
  resetPassword: vi.fn(),
}));
vi.mock('../api/pengguna', () => sent);

import { bodyOf, refusal } from '../test_answers';
import { PenggunaForm } from './pengguna/pengguna_form.svelte';

const [pengguna] = bodyOf<{ data: [PenggunaRinci] }>('pengguna').data;
const refused = (code: ErrorCode, errors = {}) => refusal(409, code, { errors });

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
});

test('a new user comes with a password to be shown once', async () => {
  const form = new PenggunaForm();
  expect(await form.save()).toBeUndefined();
  expect(Object.keys(form.errors)).toEqual(['nama', 'email']);
  Object.assign(form, { nama: 'Yohanes Adi', email: 'yohanes@sekolah.example' });
  sent.createPengguna.mockResolvedValue({
    ok: true,
    data: { pengguna: { ...pengguna, nama: 'Yohanes Adi' }, password_sementara: 'sementara123' },
  });
  expect((await form.save())?.temporary_password).toMatchObject({
    nama: 'Yohanes Adi',
    password: 'sementara123',
  });
});

test('the last admin cannot be deactivated, and is told why', async () => {
  const form = new PenggunaForm(pengguna);
  sent.updatePengguna.mockResolvedValue(refused('admin_terakhir'));
  expect(await form.setAktif(false)).toBeUndefined();
  expect(form.message).toContain('Admin aktif yang terakhir');
});

test('an address that is taken is told at its field', async () => {
  const form = new PenggunaForm(pengguna);
  expect(form.is_changed).toBe(false);
  form.email = 'sari@sekolah.example';
  expect(form.is_changed).toBe(true);
  sent.updatePengguna.mockResolvedValue(refused('sudah_ada', { email: 'sudah dipakai' }));
  await form.save();
  expect(form.errors.email).toBe('Alamat ini sudah dipakai pengguna lain');
  expect(form.message).toBe('');
});
