import { beforeEach, expect, test, vi } from 'vitest';
import type { CatatanAudit, DaftarAudit } from '../../api/types';

const sent = vi.hoisted(() => ({
  listAudit: vi.fn(),
  checkChain: vi.fn(),
  exportAudit: vi.fn(),
}));
vi.mock('../../api/audit', () => sent);

import { addressOf, parseAddress } from './audit_address';
import { AuditList } from './audit_list.svelte';
import { actorOf, actText, linesOf, objectText } from './audit_text';

const row: CatatanAudit = {
  id: 7,
  waktu: '2026-11-23T02:40:00Z',
  id_pelaku: 1,
  nama_pelaku: 'Wening K.',
  role: 'Admin',
  alamat: '192.168.1.23',
  aksi: 'ubah',
  objek: 'setelan',
  id_objek: null,
  sebelum: { toleransi_terlambat_menit: 15 },
  sesudah: { toleransi_terlambat_menit: 20 },
  nomor: 7,
  segel: '7f3ac91e0000',
};

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  location.hash = '';
});

test('the address holds the filters, and what is not understood is not there', () => {
  const address = { filter: { dari: '2026-11-22', pelaku: 3, aksi: 'ubah' as const, q: 'a & b' }, page: 2 };
  expect(parseAddress(addressOf(address))).toEqual(address);
  expect(parseAddress('aksi=mencuri&objek=toString&dari=kemarin&pelaku=-1&halaman=0')).toEqual({
    filter: {},
    page: 1,
  });
  expect(addressOf({ filter: {}, page: 1 })).toBe('');
});

test('a filter changes the address and begins at the first page', () => {
  const list = new AuditList();
  list.address = { filter: { objek: 'tamu', id_objek: 4 }, page: 3 };
  list.choose({ aksi: 'lihat' });
  expect(location.hash).toBe('#/audit/objek=tamu&id_objek=4&aksi=lihat');
  list.choose({ objek: '', id_objek: undefined });
  expect(location.hash).toBe('#/audit');
});

test('the list shows whether the chain is whole', async () => {
  const list = new AuditList();
  const answer: DaftarAudit = { data: [row], total: 1, utuh: false, rantai: null };
  sent.listAudit.mockResolvedValue({ ok: true, data: answer });
  list.follow('');
  await vi.waitFor(() => expect(list.rows).toHaveLength(1));
  expect(list.whole).toBe(false);
  const rantai = { utuh: true, catatan: 1, diperiksa_pada: row.waktu, rusak_di: null };
  sent.checkChain.mockResolvedValue({ ok: true, data: rantai });
  await list.check();
  expect([list.whole, list.chain]).toEqual([true, rantai]);
  list.stop();
});

test('an entry is read as a sentence, and a word from a newer server stands as it is', () => {
  expect([actorOf(row), actText(row)]).toEqual(['Wening K.', 'Mengubah setelan']);
  const by_guest = { ...row, nama_pelaku: null, role: 'Tamu', id_pelaku: 12 };
  expect(actorOf(by_guest)).toBe('Tamu nomor 12');
  expect(actorOf({ ...by_guest, role: null, id_pelaku: null })).toBe('Tanpa masuk');
  expect(objectText({ ...row, objek: 'tamu', id_objek: 1207 })).toBe('Tamu nomor 1207');
  expect(actText({ ...row, aksi: 'menata', objek: 'ruang' })).toBe('menata ruang');
});

test('values are read line by line', () => {
  expect(linesOf({ nama: 'Budi', aktif: false, telp: null, tamu: { nama: 'Siti' }, lain_lain: [1] })).toEqual(
    ['Nama: Budi', 'Aktif: tidak', 'Nomor HP: kosong', 'Tamu: Nama: Siti', 'lain lain: [1]'],
  );
});
