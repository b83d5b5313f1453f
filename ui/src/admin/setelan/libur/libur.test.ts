import { beforeEach, expect, test, vi } from 'vitest';
import type { HariLibur } from '../../../api/types';

const sent = vi.hoisted(() => ({
  listHariLibur: vi.fn(),
  replaceHariLibur: vi.fn(),
  importHariLibur: vi.fn(),
}));
vi.mock('../../../api/hari_libur', () => sent);

import { failed, ok } from '../../../api/result';
import { refusal } from '../../../test_answers';
import '../../../test_clock';
import { LiburForm } from './libur_form.svelte';
import { LiburImport } from './libur_import.svelte';
import { joined, LiburList } from './libur_list.svelte';

const day = (tanggal: string, nama: string, more: Partial<HariLibur> = {}): HariLibur => ({
  tanggal,
  nama,
  jenis: 'sekolah',
  perkiraan: false,
  sumber: 'manual',
  ...more,
});

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.listHariLibur.mockResolvedValue(ok({ data: [], total: 0, tahun: 2026 }));
  sent.replaceHariLibur.mockResolvedValue(ok({ data: [], janji_terdampak: 3 }));
});

test('days in a row under one name stand on one row', () => {
  const rows = joined([
    day('2026-12-21', 'Libur semester'),
    day('2026-12-22', 'Libur semester'),
    day('2026-12-24', 'Libur semester'),
    day('2026-12-25', 'Natal', { jenis: 'libur_nasional' }),
    day('2026-12-26', 'Natal', { jenis: 'libur_nasional', perkiraan: true }),
  ]);
  expect(rows.map(({ dari, sampai }) => [dari, sampai])).toEqual([
    ['2026-12-21', '2026-12-22'],
    ['2026-12-24', '2026-12-24'],
    ['2026-12-25', '2026-12-25'],
    ['2026-12-26', '2026-12-26'],
  ]);
});

test('a holiday of several days is set at once, in place of the days that it had before', async () => {
  const list = new LiburList();
  const before = { ...day('', 'Libur'), dari: '2026-12-21', sampai: '2026-12-23' };
  const form = new LiburForm(list, before);
  expect([form.dari, form.sampai, form.is_changed]).toEqual(['21 Desember 2026', '23 Desember 2026', false]);
  form.dari = '22/12/2026';
  form.sampai = '24 des 2026';
  form.nama = ' Libur semester ';
  expect(await form.save()).toBe(true);
  const days = (...all: string[]) => all.map((tanggal) => day(tanggal, 'Libur semester'));
  expect(sent.replaceHariLibur.mock.calls).toEqual([
    [
      {
        hapus: ['2026-12-21', '2026-12-22', '2026-12-23'],
        isi: days('2026-12-22', '2026-12-23', '2026-12-24'),
      },
    ],
  ]);
  expect(list.touched).toBe(3);
});

test('a day that is another holiday already stays that one', async () => {
  const list = new LiburList();
  const natal = day('2026-12-25', 'Natal', { jenis: 'libur_nasional' });
  sent.listHariLibur.mockResolvedValue(ok({ data: [natal], total: 1, tahun: 2026 }));
  const form = new LiburForm(list);
  [form.nama, form.dari, form.sampai] = ['Libur semester', '24/12/2026', '26/12/2026'];
  expect(await form.save()).toBe(true);
  const isi = [day('2026-12-24', 'Libur semester'), day('2026-12-26', 'Libur semester')];
  expect(sent.replaceHariLibur).toHaveBeenLastCalledWith({ hapus: [], isi });
  expect(list.kept.map(({ nama }) => nama)).toEqual(['Natal']);

  sent.replaceHariLibur.mockClear();
  [form.dari, form.sampai] = ['25/12/2026', ''];
  expect(await form.save()).toBe(false);
  expect(form.errors).toEqual({ dari: 'Sudah libur: Natal. Ubah yang itu.' });
  expect(sent.replaceHariLibur).not.toHaveBeenCalled();
});

test('what is wrong with a holiday is told at its field', async () => {
  const form = new LiburForm(new LiburList());
  form.dari = 'kapan';
  form.sampai = '31-02-2026';
  expect(await form.save()).toBe(false);
  expect(Object.keys(form.errors).toSorted()).toEqual(['dari', 'nama', 'sampai']);
  form.dari = '25 Desember 2026';
  form.sampai = '24 Desember 2026';
  form.nama = '7';
  expect(form.errors).toEqual({ sampai: 'Harus pada atau setelah tanggal pertama' });
  form.sampai = '';
  const codes = { nama: 'tanpa_huruf' as const };
  sent.replaceHariLibur.mockResolvedValue(
    refusal(422, 'isian_tidak_valid', { errors: { nama: 'x' }, codes }),
  );
  expect(await form.save()).toBe(false);
  expect(form.errors).toEqual({ nama: 'Tulis dengan huruf' });
});

test('what was removed comes back as it was', async () => {
  const list = new LiburList();
  const natal = day('2026-12-25', 'Natal', { sumber: 'impor', perkiraan: true });
  const [libur] = joined([natal]);
  if (!libur) throw new Error('a row');
  await list.remove(libur);
  expect(sent.replaceHariLibur).toHaveBeenLastCalledWith({ hapus: ['2026-12-25'], isi: [] });
  expect(list.removed).toEqual(libur);
  await list.restore();
  expect(sent.replaceHariLibur).toHaveBeenLastCalledWith({ hapus: [], isi: [natal] });
  expect(list.removed).toBeUndefined();
});

test('what was not removed is told, and nothing can be brought back', async () => {
  const list = new LiburList();
  sent.replaceHariLibur.mockResolvedValue(failed({ kind: 'unreachable' }));
  await list.remove({ ...day('', 'Natal'), dari: '2026-12-25', sampai: '2026-12-25' });
  expect(list.message).not.toBe('');
  expect(list.removed).toBeUndefined();
});

test('a file is shown first, and taken as a whole if nothing is wrong', async () => {
  const jumlah = { buat: 2, ubah: 0, tetap: 1, salah: 0 };
  const shown = { baris: [], jumlah, dilewati: 0, janji_terdampak: 0 };
  sent.importHariLibur.mockResolvedValue(ok(shown));
  // As a spreadsheet of an older age saves it: the server reads the bytes.
  const file = new LiburImport(new File([new Uint8Array([0x4e, 0x6f, 0xeb, 0x6c])], 'libur.csv'));
  await file.look();
  expect(sent.importHariLibur.mock.calls).toEqual([[btoa('No\xebl'), true]]);
  expect([file.can_import, file.change_count]).toEqual([true, 2]);
  expect(await file.take()).toBe(true);
  expect(sent.importHariLibur.mock.calls[1]).toEqual([btoa('No\xebl'), false]);
});

test('a file with a wrong line, or that is none, is not taken', async () => {
  const jumlah = { buat: 2, ubah: 0, tetap: 0, salah: 1 };
  sent.importHariLibur.mockResolvedValueOnce(ok({ baris: [], jumlah, dilewati: 0, janji_terdampak: 0 }));
  const file = new LiburImport(new File(['x'], 'libur.csv'));
  await file.look();
  expect([file.can_import, await file.take()]).toEqual([false, false]);
  const errors = { isi: 'bukan teks' };
  sent.importHariLibur.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', { errors }));
  await file.look();
  expect(file.message).not.toBe('');
});
