import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ createPengguna: vi.fn(), updatePengguna: vi.fn(), listPengguna: vi.fn() }));
vi.mock('../../api/pengguna', () => sent);

import type { PenggunaRinci } from '../../api/types';
import { ok } from '../../api/result';
import { t as words } from '../../i18n/admin_pengguna';
import { t } from '../../i18n/admin';
import { partOfNumber } from './login_name';
import { PenggunaForm } from './pengguna_form.svelte';
import { PenggunaList } from './pengguna_list.svelte';

const NUPTK = '3352761662200013';
const wayan = (changes: Partial<PenggunaRinci> = {}): PenggunaRinci => ({
  id: 7,
  nama: 'Wayan Sudarma',
  email: `${NUPTK}@tanpa-email.invalid`,
  role: 'Guru',
  nuptk: NUPTK,
  wajib_ganti_password: true,
  aktif: true,
  anggota: [],
  dibuat_pada: '2026-11-23T02:00:00Z',
  ...changes,
});

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.createPengguna.mockResolvedValue(ok({ pengguna: wayan(), password_sementara: 'abcd-efgh-ij' }));
});

test('a user is added without an address if there is a number to sign in with', async () => {
  const form = new PenggunaForm();
  form.nama = 'Wayan Sudarma';
  expect(await form.save()).toBeUndefined();
  expect(form.errors.email).toBe(words.tanpa_masuk);
  form.nuptk = '3352 7616 6220 0013';
  const saved = await form.save();
  expect(saved?.temporary_password?.masuk).toBe('3352 7616 6220 0013');
  const body = sent.createPengguna.mock.calls[0]?.[0] as Record<string, unknown>;
  expect([body['nuptk'], 'email' in body]).toEqual([NUPTK, false]);
});

test('an address that is typed must be one, number or not', async () => {
  const form = new PenggunaForm();
  Object.assign(form, { nama: 'Wayan', nuptk: NUPTK, email: 'wayan@' });
  expect(await form.save()).toBeUndefined();
  expect(form.errors.email).toBe(t.email_kosong);
  const known = new PenggunaForm(wayan({ email: 'wayan@sekolah.example' }));
  known.email = '';
  sent.updatePengguna.mockResolvedValue(ok(wayan()));
  await known.save();
  expect(known.errors.email ?? '').toBe(t.email_kosong);
});

test('who was found by a number is shown with it', () => {
  const list = new PenggunaList();
  list.q = '3352-7616';
  expect(list.numbersOf(wayan({ nip: '198503152010012003' }))).toEqual([{ name: 'nuptk', digits: NUPTK }]);
  list.q = 'wayan';
  expect(list.numbersOf(wayan())).toEqual([]);
  expect(['335', '33 52', 'a3352', '19850315 201001 2'].map(partOfNumber)).toEqual([
    undefined,
    '3352',
    undefined,
    '198503152010012',
  ]);
});
