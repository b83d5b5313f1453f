import { afterEach, expect, test, vi } from 'vitest';
import { failed, ok } from '../../api/result';
import type { DataTamu } from '../../api/types';
import * as api from '../../api/tamu_saya';
import { refusal } from '../../test_answers';
import type { Account } from './account.svelte';
import { CorrectionForm, OwnData } from './own_data.svelte';

vi.mock('../../api/tamu_saya', () => ({
  getDataSaya: vi.fn(),
  requestErasure: vi.fn(),
  takeErasureBack: vi.fn(),
  updateDataSaya: vi.fn(),
  withdrawConsent: vi.fn(),
}));
afterEach(() => vi.resetAllMocks());

const DATA: DataTamu = {
  nama: 'Ratna Wulandari',
  telp: '+6281200002289',
  email: null,
  instansi: null,
  dibuat_pada: '2026-09-02T01:00:00Z',
  setuju_pada: '2026-09-02T01:00:00Z',
  setuju_versi: '1',
  hapus_diminta_pada: null,
  persetujuan: { teks: 'Izin', versi: '2' },
  kunjungan: [],
  pesan: [],
  kontak_sekolah: null,
};

async function loaded(changes: Partial<DataTamu> = {}) {
  const account = { refused: vi.fn(), erased: vi.fn(() => Promise.resolve()) };
  const own = new OwnData(account as unknown as Account);
  vi.mocked(api.getDataSaya).mockResolvedValueOnce(ok({ ...DATA, ...changes }));
  await own.loading.load();
  return { own, account };
}

test('a newer text asks for consent again; the same one does not', async () => {
  expect((await loaded()).own.asks_consent).toBe(true);
  expect((await loaded({ setuju_versi: '2' })).own.asks_consent).toBe(false);
  expect((await loaded({ persetujuan: null })).own.asks_consent).toBe(false);
});

test('consent is given to the version that is shown, and withdrawn', async () => {
  const { own } = await loaded();
  vi.mocked(api.updateDataSaya).mockResolvedValueOnce(ok({ ...DATA, setuju_versi: '2' }));
  expect(await own.agree()).toBe(true);
  expect(api.updateDataSaya).toHaveBeenCalledWith({ setuju: { versi: '2' } });
  vi.mocked(api.withdrawConsent).mockResolvedValueOnce(
    ok({ ...DATA, setuju_versi: null, setuju_pada: null }),
  );
  expect(await own.withdraw()).toBe(true);
  expect([own.data?.setuju_versi, own.asks_consent]).toEqual([null, true]);
});

test('a request for erasure waits for the admin, and can be taken back', async () => {
  const { own, account } = await loaded();
  const asked = {
    hapus_diminta_pada: '2026-11-23T02:41:00Z',
    selambatnya: '2026-11-26T02:41:00Z',
    selesai: false,
  };
  vi.mocked(api.requestErasure).mockResolvedValueOnce(ok(asked));
  await own.erase();
  expect([own.data?.hapus_diminta_pada, own.answered_by]).toEqual([
    asked.hapus_diminta_pada,
    asked.selambatnya,
  ]);
  expect(account.erased).not.toHaveBeenCalled();
  vi.mocked(api.takeErasureBack).mockResolvedValueOnce(ok(undefined));
  await own.keepAfterAll();
  expect([own.data?.hapus_diminta_pada, own.answered_by]).toEqual([null, '']);
});

test('where nothing forbids it the guest is erased at once, which ends the session', async () => {
  const { own, account } = await loaded();
  const asked = { hapus_diminta_pada: 'x', selambatnya: 'x', selesai: true };
  vi.mocked(api.requestErasure).mockResolvedValueOnce(ok(asked));
  await own.erase();
  expect(account.erased).toHaveBeenCalled();
});

test('what was not done says why', async () => {
  const { own } = await loaded();
  vi.mocked(api.requestErasure).mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  expect(await own.erase()).toBe(false);
  expect(own.message).not.toBe('');
});

test('a correction clears what is empty, and shows what is wrong at its field', async () => {
  const { own } = await loaded({ email: 'ratna@contoh.id' });
  const form = new CorrectionForm(own);
  form.nama = ' Ratna W. ';
  form.email = '';
  const wrong = { errors: { nama: 'wajib diisi' }, codes: { nama: 'wajib' as const } };
  vi.mocked(api.updateDataSaya).mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', wrong));
  expect(await form.submit()).toBe(false);
  expect(form.errors).toEqual({ nama: 'Wajib diisi' });
  vi.mocked(api.updateDataSaya).mockResolvedValueOnce(ok({ ...DATA, nama: 'Ratna W.' }));
  expect(await form.submit()).toBe(true);
  expect(api.updateDataSaya).toHaveBeenLastCalledWith({ nama: 'Ratna W.', email: null, instansi: null });
  expect(own.data?.nama).toBe('Ratna W.');
});
