import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ImporHasil, LineOutcome } from '../../api/impor';

const sent = vi.hoisted(() => ({ importFile: vi.fn(), importDapodik: vi.fn(), importProgress: vi.fn() }));
vi.mock('../../api/impor', () => sent);

import { failed, ok } from '../../api/result';
import { refusal } from '../../test_answers';
import { NOW_MS } from '../../test_clock';
import { Impor } from './impor.svelte';
import { hasEmail, loginName } from './login_name';

const baris = (nomor: number, tindakan: string, changes: Partial<LineOutcome> = {}): LineOutcome => ({
  nomor,
  tindakan,
  data: { nama: `Guru ${nomor}` },
  salah: [],
  ubah: [],
  catatan: [],
  ...changes,
});
const hasil = (...rows: LineOutcome[]): ImporHasil => ({
  berkas: { jenis: 'csv', baris_judul: 1, dipakai: [], dibuang: [] },
  baris: rows,
  jumlah: {
    baris: rows.length,
    buat: rows.filter((row) => row.tindakan === 'buat').length,
    ubah: rows.filter((row) => row.tindakan === 'ubah').length,
    tetap: rows.filter((row) => row.tindakan === 'tetap').length,
    salah: rows.filter((row) => row.tindakan === 'salah').length,
    tidak_disebut: 0,
  },
  sandi: [],
});
const file = (content = 'nama;email') => new File([content], 'guru.csv');
const berjalan = (selesai: number) => ok({ selesai, total: 9, berjalan: true, hasil: null });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
});
afterEach(() => vi.useRealTimers());

async function looked(...rows: LineOutcome[]): Promise<Impor> {
  sent.importFile.mockResolvedValueOnce(ok(hasil(...rows)));
  const impor = new Impor();
  await impor.chooseFile(file());
  return impor;
}

test('a file is looked at first, and wrong lines come first', async () => {
  const impor = await looked(baris(2, 'tetap'), baris(3, 'ubah'), baris(4, 'buat'), baris(5, 'salah'));
  expect(sent.importFile).toHaveBeenCalledWith(btoa('nama;email'), true);
  expect(impor.phase).toBe('pratinjau');
  expect(impor.rows.map((row) => row.nomor)).toEqual([5, 4, 3]);
  expect(impor.worth_seeing).toBe(3);
  impor.show(true);
  expect(impor.rows.map((row) => row.nomor)).toEqual([5, 4, 3, 2]);
  expect(impor.to_write).toBe(2);
});

test('what cannot be read is told, and nothing else is shown', async () => {
  const impor = new Impor();
  const refused = refusal(422, 'isian_tidak_valid', {
    errors: { berkas: 'berkas rusak' },
    codes: { berkas: 'berkas_rusak' },
  });
  sent.importFile.mockResolvedValueOnce(refused);
  await impor.chooseFile(file());
  expect(impor.phase).toBe('pilih');
  expect(impor.message).toContain('rusak');
  await impor.chooseFile(new File([new Uint8Array(9 * 1024 * 1024)], 'besar.xlsx'));
  expect(impor.message).toContain('terlalu besar');
  expect(sent.importFile).toHaveBeenCalledTimes(1);
});

test('an import that takes long tells how far it is, and then what it came to', async () => {
  const impor = await looked(baris(2, 'buat'));
  sent.importFile.mockResolvedValueOnce(berjalan(0));
  sent.importProgress.mockResolvedValueOnce(berjalan(4));
  sent.importProgress.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  sent.importProgress.mockResolvedValueOnce(
    ok({ selesai: 9, total: 9, berjalan: false, hasil: hasil(baris(2, 'buat')) }),
  );
  const written = impor.write();
  await vi.advanceTimersByTimeAsync(500);
  expect(impor.phase).toBe('menulis');
  expect(impor.progress.selesai).toBe(4);
  await vi.advanceTimersByTimeAsync(3000);
  await written;
  expect(impor.phase).toBe('selesai');
});

test('a lost answer is asked for again', async () => {
  const impor = await looked(baris(2, 'buat'));
  sent.importFile.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  sent.importProgress.mockResolvedValueOnce(
    ok({ selesai: 1, total: 1, berjalan: false, hasil: hasil(baris(2, 'buat')) }),
  );
  await impor.write();
  expect(impor.phase).toBe('selesai');
});

test('the register is asked only with all that it needs', async () => {
  const impor = new Impor();
  await impor.askDapodik({ alamat: '', npsn: '20400001', token: '' });
  expect(Object.keys(impor.errors)).toEqual(['alamat', 'token']);
  expect(sent.importDapodik).not.toHaveBeenCalled();
  sent.importDapodik.mockResolvedValueOnce(
    refusal(422, 'isian_tidak_valid', { errors: { dapodik: 'x' }, codes: { dapodik: 'dapodik_menolak' } }),
  );
  await impor.askDapodik({ alamat: '192.168.1.5', npsn: '20400001', token: 'x' });
  expect(impor.message).toContain('Dapodik menolak');
});

test('who has no address signs in with a number', () => {
  expect(hasEmail('ratna@sekolah.example')).toBe(true);
  expect(loginName('3352761662200013@tanpa-email.invalid')).toBe('3352 7616 6220 0013');
});
