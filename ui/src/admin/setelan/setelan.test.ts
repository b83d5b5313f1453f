import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Setelan, TemplateRow } from '../../api/types';

const sent = vi.hoisted(() => ({
  getSetelan: vi.fn(),
  updateSetelan: vi.fn(),
  previewSetelan: vi.fn(),
  listTemplate: vi.fn(),
  updateTemplate: vi.fn(),
  resetTemplate: vi.fn(),
  previewTemplate: vi.fn(),
}));
vi.mock('../../api/setelan', () => sent);
vi.mock('../../api/template', () => sent);

import { ok } from '../../api/result';
import { refusal } from '../../test_answers';
import { NOW_MS } from '../../test_clock';
import { hrefOf, parseRoute } from '../route.svelte';
import { PIN_REMOVED } from './fields';
import { sectionOf } from './sections';
import { SetelanForm } from './setelan_form.svelte';
import { TemplateEditor } from './template_editor.svelte';
import { waktuOf } from './waktu';

const setelan = (changes: Partial<Setelan> = {}): Setelan =>
  ({
    versi: 3,
    ada_kiosk_pin: true,
    alamat_publik_tetap: false,
    logo: null,
    nama_sekolah: 'SMP Nusa Lentera',
    npsn: '',
    alamat_publik: '',
    bahasa: ['id', 'en'],
    bahasa_bawaan: 'id',
    sapaan_tamu: '',
    titik_kumpul: '',
    hari_kerja: [1, 2, 3, 4, 5, 6],
    jam_per_hari: [{ hari: 5, buka: '07:00', tutup: '11:30' }],
    laporan_mingguan: [],
    laporan_bulanan: [7],
    arsip_bulan: 24,
    retensi_tamu_bulan: 24,
    jam_buka: '07:00:00',
    jam_tutup: '15:00:00',
    zona_waktu: 'Asia/Jakarta',
    toleransi_terlambat_menit: 15,
    durasi_bawaan_menit: 30,
    batas_pesan_bulan: 2,
    kode_berlaku_hari: 14,
    keperluan: ['Ambil rapor'],
    tempat: 'Lobi utama',
    tempat_lain: [],
    jeda_pulang_menit: 5,
    batas_urung_menit: 5,
    lewat_tengah_malam_jam: 3,
    kiosk_diam_detik: 900,
    kiosk_pin: null,
    audit_bulan: 60,
    jam_cadangan: '02:00:00',
    folder_cadangan: '',
    kop: { baris1: '', baris2: '', baris3: '', telp: '', email: '', situs: '' },
    penanda_tangan: { nama: '', nip: '', jabatan: '' },
    alamat: 'Jl. Lentera Raya 12',
    petunjuk_arah: '',
    kontak: '',
    jam_tenang_mulai: '19:00:00',
    jam_tenang_selesai: '06:00:00',
    pengingat: true,
    minta_ulasan: true,
    kabari_guru: false,
    survei: false,
    persetujuan_teks: 'Setuju',
    persetujuan_versi: '1',
    urutan_saluran: ['whatsapp', 'email'],
    ...changes,
  }) as Setelan;
const template = (changes: Partial<TemplateRow> = {}): TemplateRow => ({
  jenis: 'undangan',
  bahasa: 'id',
  subjek: 'Undangan',
  isi: 'Yth. {{nama_tamu}}',
  bawaan: true,
  versi: 3,
  ...changes,
});

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getSetelan.mockResolvedValue(ok(setelan()));
  sent.updateSetelan.mockImplementation((changes: Partial<Setelan>) =>
    Promise.resolve(ok({ ...setelan(), ...changes, versi: 4 })),
  );
  sent.previewSetelan.mockResolvedValue(ok({ dampak: [] }));
  sent.listTemplate.mockResolvedValue(
    ok({
      data: [template(), template({ bahasa: 'en', isi: 'Dear {{nama_tamu}}' })],
      isian: { undangan: ['nama_tamu', 'kode'] },
    }),
  );
  sent.previewTemplate.mockImplementation((_: unknown, words: unknown) => Promise.resolve(ok(words)));
});
afterEach(() => vi.useRealTimers());

function reopened(hash: string): string {
  const { screen, rest } = parseRoute(hash);
  return hrefOf(screen, rest);
}

async function formOf(): Promise<SetelanForm> {
  const form = new SetelanForm();
  await form.loading.load();
  return form;
}

async function editorOf(): Promise<TemplateEditor> {
  const editor = new TemplateEditor();
  await editor.loading.load();
  await vi.advanceTimersByTimeAsync(0);
  return editor;
}

test('an address and its screen are each other’s way back', () => {
  for (const hash of ['#/pengguna', '#/pesan', '#/setelan/pesan', '#/setelan/sekolah', '#/setelan/data'])
    expect(reopened(hash)).toBe(hash);
  expect(sectionOf('lain')).toBe('sekolah');
});

test('times of day are read as people type them', () => {
  const read = ['19.00', '7', '07:5', '2400', '0630', ' 6.30 ', '23.60', 'malam', ''].map(waktuOf);
  expect(read).toEqual([
    '19:00',
    '07:00',
    undefined,
    undefined,
    '06:30',
    '06:30',
    undefined,
    undefined,
    undefined,
  ]);
});

test('only what changed is sent, as it is meant', async () => {
  const form = await formOf();
  expect(form.is_changed).toBe(false);
  form.draft.jam_tenang_mulai = '20.30';
  form.draft.persetujuan_versi = '2';
  form.draft.survei = true;
  form.draft.kontak = ' 0812 ';
  form.moveSaluran('email', -1);
  expect(await form.save()).toBe(true);
  expect(sent.updateSetelan.mock.calls[0]?.[0]).toEqual({
    versi: 3,
    jam_tenang_mulai: '20:30',
    persetujuan_versi: '2',
    survei: true,
    kontak: '0812',
    urutan_saluran: ['email', 'whatsapp'],
  });
  expect(form.is_changed).toBe(false);
  form.draft.alamat = '';
  await form.save();
  expect(sent.updateSetelan.mock.calls[1]?.[0]).toEqual({ versi: 4, alamat: '' });
});

test('what another admin changed elsewhere comes in beside own changes, which are saved all the same', async () => {
  const form = await formOf();
  form.draft.kontak = 'tu@sekolah.example';
  sent.updateSetelan.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  sent.getSetelan.mockResolvedValue(ok(setelan({ versi: 7, alamat: 'Jl. Baru 1' })));
  expect(await form.save()).toBe(true);
  expect(sent.updateSetelan.mock.calls[1]?.[0]).toEqual({ versi: 7, kontak: 'tu@sekolah.example' });
});

test('where two admins changed the same, nobody overwrites the other unseen', async () => {
  const form = await formOf();
  form.draft.toleransi_terlambat_menit = '20';
  form.draft.kontak = 'tu@sekolah.example';
  sent.updateSetelan.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  sent.getSetelan.mockResolvedValue(ok(setelan({ versi: 7, toleransi_terlambat_menit: 30 })));
  expect(await form.save()).toBe(false);
  expect(form.message).toContain('Admin lain');
  expect([...form.conflicts]).toEqual([['toleransi_terlambat_menit', '30']]);
  expect(form.draft.toleransi_terlambat_menit, 'what was typed stays').toBe('20');
  expect(await form.save(), 'not before somebody has chosen').toBe(false);
  expect(sent.updateSetelan).toHaveBeenCalledTimes(1);
  form.settle('toleransi_terlambat_menit', 'mine');
  expect(form.message).toBe('');
  expect(await form.save()).toBe(true);
  expect(sent.updateSetelan.mock.calls[1]?.[0]).toEqual({
    versi: 7,
    toleransi_terlambat_menit: 20,
    kontak: 'tu@sekolah.example',
  });
});

test('the other admin’s value can be taken, and the same value is no conflict', async () => {
  const form = await formOf();
  form.draft.tempat = 'Aula';
  form.draft.jam_tutup = '16.00';
  sent.getSetelan.mockResolvedValue(ok(setelan({ versi: 8, tempat: 'Lobi timur', jam_tutup: '16:00' })));
  await form.loading.load();
  expect([...form.conflicts.keys()]).toEqual(['tempat']);
  form.settle('tempat', 'theirs');
  expect([form.draft.tempat, form.is_changed]).toEqual(['Lobi timur', false]);
});

test('numbers, lists and the PIN are typed as text and sent as they are meant', async () => {
  const form = await formOf();
  expect([form.draft.kiosk_diam_detik, form.draft.keperluan, form.draft.kiosk_pin]).toEqual([
    '15',
    'Ambil rapor',
    '',
  ]);
  form.set('kiosk_diam_detik', '1,5');
  form.set('keperluan', 'Ambil rapor\n\n Beasiswa ');
  form.set('kiosk_pin', '0417');
  await form.save();
  expect(sent.updateSetelan.mock.calls[0]?.[0]).toEqual({
    versi: 3,
    kiosk_diam_detik: 90,
    keperluan: ['Ambil rapor', 'Beasiswa'],
    kiosk_pin: '0417',
  });
  form.set('kiosk_pin', PIN_REMOVED);
  await form.save();
  expect(sent.updateSetelan.mock.calls[1]?.[0]).toEqual({ versi: 4, kiosk_pin: '' });
});

test('what cannot be meant is told at once', async () => {
  const form = await formOf();
  form.set('toleransi_terlambat_menit', '-1');
  form.set('kode_berlaku_hari', '1,5');
  form.set('kiosk_pin', '12');
  form.set('hari_kerja', []);
  form.set('nama_sekolah', ' ');
  form.set('jam_tutup', '06.00');
  form.set('bahasa', ['en']);
  form.set('tempat_lain', 'a'.repeat(61));
  expect(await form.save()).toBe(false);
  const told = Object.entries(form.errors).filter(([, text]) => text);
  expect(told.map(([name]) => name).toSorted()).toEqual([
    'bahasa_bawaan',
    'hari_kerja',
    'jam_tutup',
    'kiosk_pin',
    'kode_berlaku_hari',
    'nama_sekolah',
    'tempat_lain',
    'toleransi_terlambat_menit',
  ]);
  expect(sent.updateSetelan).not.toHaveBeenCalled();
});

test('a change says what it touches once nobody types any more', async () => {
  const form = await formOf();
  const dampak = [{ setelan: 'hari_kerja', apa: 'hari_tutup', jumlah: 2, teks: '' }];
  sent.previewSetelan.mockResolvedValue(ok({ dampak }));
  form.set('hari_kerja', [1, 2, 3, 4]);
  form.set('hari_kerja', [1, 2, 3, 4, 5]);
  await vi.advanceTimersByTimeAsync(500);
  expect(sent.previewSetelan.mock.calls).toEqual([[{ versi: 3, hari_kerja: [1, 2, 3, 4, 5] }]]);
  expect(form.dampak).toEqual(dampak);
  form.undo();
  expect(form.dampak).toEqual([]);
});

test('what is wrong is told at its field before and after it is sent', async () => {
  const form = await formOf();
  form.draft.jam_tenang_selesai = 'pagi';
  form.draft.persetujuan_versi = ' ';
  expect(await form.save()).toBe(false);
  expect(Object.keys(form.errors)).toEqual(['jam_tenang_selesai', 'persetujuan_versi']);
  form.undo();
  form.draft.kontak = 'x';
  const errors = { errors: { kontak: 'terlalu panjang' } };
  sent.updateSetelan.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', errors));
  await form.save();
  expect([form.errors.kontak, form.message]).toEqual(['Terlalu panjang', '']);
  form.typed('kontak');
  expect(form.errors.kontak).toBeUndefined();
});

test('quiet hours are switched off and on, and a channel is left out and taken back', async () => {
  const form = await formOf();
  expect(form.is_quiet).toBe(true);
  form.setQuiet(false);
  expect([form.is_quiet, form.changed]).toEqual([false, ['jam_tenang_mulai', 'jam_tenang_selesai']]);
  form.setQuiet(true);
  expect(form.is_changed).toBe(false);
  form.useSaluran('whatsapp', false);
  expect(form.draft.urutan_saluran).toEqual(['email']);
  form.useSaluran('whatsapp', true);
  form.moveSaluran('whatsapp', 1);
  expect(form.draft.urutan_saluran, 'the last one stays last').toEqual(['email', 'whatsapp']);
});

test('another text to agree to is asked anew only by another version, and that is told', async () => {
  const form = await formOf();
  form.draft.persetujuan_teks = 'Teks baru';
  expect(form.is_silent_change).toBe(true);
  form.raiseVersion();
  expect([form.draft.persetujuan_versi, form.is_silent_change]).toEqual(['2', false]);
});

test('a preview follows what is typed, once typing rests', async () => {
  const editor = await editorOf();
  expect(editor.preview?.isi).toBe('Yth. {{nama_tamu}}');
  sent.previewTemplate.mockClear();
  for (const isi of ['H', 'Ha', 'Halo {{kode}}']) {
    editor.isi = isi;
    editor.typed();
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.previewTemplate).toHaveBeenCalledTimes(1);
  expect(editor.preview?.isi).toBe('Halo {{kode}}');
});

test('an unknown placeholder is named before anything is sent', async () => {
  const editor = await editorOf();
  editor.subjek = 'Nomor {{telp}}';
  editor.typed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(editor.errors.subjek).toContain('{{telp}}');
  expect(await editor.save()).toBe(false);
  expect(sent.updateTemplate).not.toHaveBeenCalled();
});

test('what the server misses in a template stands at its field until somebody types', async () => {
  const editor = await editorOf();
  editor.isi = 'Halo';
  const more = { errors: { isi: 'x' }, codes: { isi: 'isian_kurang' as const } };
  sent.updateTemplate.mockResolvedValueOnce(refusal(422, 'isian_tidak_valid', more));
  expect(await editor.save()).toBe(false);
  expect([editor.errors.isi, editor.message]).toEqual(['Sisipan yang wajib belum ada', '']);
  editor.typed();
  expect(editor.errors.isi).toBeUndefined();
});

test('a template is saved, and put back as the program brings it', async () => {
  const editor = await editorOf();
  editor.isi = 'Halo {{nama_tamu}}';
  sent.updateTemplate.mockResolvedValue(ok(template({ isi: editor.isi, bawaan: false })));
  expect(await editor.save()).toBe(true);
  expect([editor.is_changed, editor.row?.bawaan]).toEqual([false, false]);
  sent.resetTemplate.mockResolvedValue(ok(template()));
  expect(await editor.reset()).toBe(true);
  expect(editor.isi).toBe('Yth. {{nama_tamu}}');
  editor.choose('undangan', 'en');
  expect(editor.isi).toBe('Dear {{nama_tamu}}');
});

test('a day’s own hours are typed like any time, and told where they cannot be meant', async () => {
  const form = await formOf();
  const [friday] = form.draft.jam_per_hari;
  expect([form.is_changed, friday?.tutup]).toEqual([false, '11:30']);
  form.set('jam_per_hari', [
    { hari: 5, buka: '7', tutup: '11.30' },
    { hari: 6, buka: '08.00', tutup: '7.30' },
  ]);
  expect(form.errors.jam_per_hari).toBe('Sabtu: Jam tutup harus setelah jam buka');
  expect(await form.save()).toBe(false);
  form.set('jam_per_hari', [{ hari: 5, buka: '7', tutup: '11.30' }]);
  expect(form.is_changed, 'the same, typed otherwise').toBe(false);
  form.set('jam_per_hari', [{ hari: 6, buka: '8', tutup: '12.00' }]);
  await form.save();
  expect(sent.updateSetelan.mock.calls[0]?.[0]).toEqual({
    versi: 3,
    jam_per_hari: [{ hari: 6, buka: '08:00', tutup: '12:00' }],
  });
});

test('who gets reports is a change like any other, and two admins are told', async () => {
  const form = await formOf();
  form.set('laporan_mingguan', [2]);
  sent.updateSetelan.mockResolvedValueOnce(refusal(409, 'versi_usang'));
  sent.getSetelan.mockResolvedValue(ok(setelan({ versi: 7, laporan_mingguan: [3], arsip_bulan: 0 })));
  expect(await form.save()).toBe(false);
  expect([...form.conflicts]).toEqual([['laporan_mingguan', [3]]]);
  expect(form.draft.arsip_bulan, 'what nobody changed here comes in').toBe('0');
  form.settle('laporan_mingguan', 'mine');
  expect(await form.save()).toBe(true);
  expect(sent.updateSetelan.mock.calls[1]?.[0]).toEqual({ versi: 7, laporan_mingguan: [2] });
});
