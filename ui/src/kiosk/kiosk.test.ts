import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Failure, Result } from '../api/result';
import type { JanjiTemu, Scan } from '../api/types';

const sent = vi.hoisted(() => ({ scan: vi.fn(), updateStatus: vi.fn(), listToday: vi.fn() }));
vi.mock('../api/janji_temu', () => sent);
vi.mock('../api/client', () => ({
  client: { GET: () => undefined },
  call: () => Promise.resolve({ ok: false, failure: { kind: 'unreachable' } }),
}));

import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';

const row = (changes: Partial<JanjiTemu> = {}): JanjiTemu => ({
  id: 7,
  versi: 1,
  id_guru: 4,
  nama_guru: 'Bambang Prasetyo',
  jabatan_guru: null,
  id_tamu: 9,
  nama_tamu: 'Ratna Wulandari',
  jumlah_orang: 1,
  telp: '+6281200004417',
  instansi: null,
  keperluan: 'Konsultasi',
  tanggal: '2026-11-23',
  waktu: '09:45',
  jadwal: '2026-11-23T02:45:00Z',
  durasi_menit: 30,
  jenis: 'janji',
  status: 'menunggu',
  terlambat: false,
  waktu_datang: '2026-11-23T02:41:08Z',
  waktu_mulai: null,
  waktu_selesai: null,
  tanggapan: null,
  kode_qr: 'KODE',
  rating: null,
  komentar: null,
  ...changes,
});

const done = (scan: Partial<Scan>): Result<Scan> => ({
  ok: true,
  data: { hasil: 'datang', message: '', appointment: row(), ...scan },
});
const refused = (code: string): Result<Scan> => ({
  ok: false,
  failure: { kind: 'problem', problem: { status: 422, title: '', detail: '', code } },
});
const away: { ok: false; failure: Failure } = { ok: false, failure: { kind: 'unreachable' } };

let kiosk: Kiosk;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  sent.scan.mockReset();
  kiosk = new Kiosk();
  kiosk.volume = 'mati';
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

test('an arrival is shown and goes back to idle by itself', async () => {
  sent.scan.mockResolvedValue(done({}));
  await kiosk.scan('KODE');
  expect(kiosk.layar).toMatchObject({ jenis: 'datang', id: 7, sudah: false });
  expect(kiosk.janjiTemu?.nama_tamu).toBe('Ratna Wulandari');
  vi.advanceTimersByTime(21_000);
  expect(kiosk.layar.jenis).toBe('siap');
});

test('an answer comes up by itself, after whatever is on screen', async () => {
  sent.scan.mockResolvedValueOnce(done({}));
  sent.scan.mockResolvedValueOnce(done({ appointment: row({ id: 8 }) }));
  await kiosk.scan('SATU');
  await kiosk.scan('DUA');
  kiosk.changed(row({ versi: 2, tanggapan: 'Saya ke lobi' }));
  expect(kiosk.layar).toMatchObject({ jenis: 'datang', id: 8 });
  vi.advanceTimersByTime(21_000);
  expect(kiosk.layar).toMatchObject({ jenis: 'datang', id: 7, jawaban: true });
  expect(kiosk.janjiTemu?.tanggapan).toBe('Saya ke lobi');
  vi.advanceTimersByTime(16_000);
  expect(kiosk.layar.jenis).toBe('siap');
  kiosk.changed(row({ id: 8, versi: 2, tanggapan: '5 menit lagi' }));
  expect(kiosk.layar).toMatchObject({ jenis: 'datang', id: 8, jawaban: true });
});

test('an answer to a guest who has left comes up no more', async () => {
  sent.scan.mockResolvedValueOnce(done({}));
  await kiosk.scan('SATU');
  kiosk.kembali();
  kiosk.changed(row({ versi: 2, status: 'selesai', tanggapan: 'Saya ke lobi' }));
  expect(kiosk.layar.jenis).toBe('siap');
});

test('every refusal names its reason', async () => {
  sent.scan.mockResolvedValue(refused('kedaluwarsa'));
  await kiosk.scan('KODE');
  expect(kiosk.layar).toEqual({ jenis: 'ditolak', alasan: 'kedaluwarsa' });
  sent.scan.mockResolvedValue(refused('kesalahan_server'));
  await kiosk.scan('KODE');
  expect(kiosk.layar).toEqual({ jenis: 'ditolak', alasan: 'lain' });
});

test('a code that could not be recorded is never green, and is sent again under the same key', async () => {
  sent.scan.mockResolvedValueOnce(away).mockResolvedValueOnce(done({}));
  await kiosk.scan('KODE');
  expect(kiosk.layar.jenis).toBe('tertunda');
  await vi.advanceTimersByTimeAsync(3100);
  expect(kiosk.layar.jenis).toBe('datang');
  const keys = sent.scan.mock.calls.map(([request]) => (request as { kunci: string }).kunci);
  expect(keys[1]).toBe(keys[0]);
});

test('the newest scan decides what is shown', async () => {
  let answerFirst: (answer: Result<Scan>) => void = () => undefined;
  sent.scan.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
  sent.scan.mockResolvedValueOnce(done({ hasil: 'pulang', appointment: row({ id: 8, status: 'selesai' }) }));
  const first = kiosk.scan('SATU');
  await kiosk.scan('DUA');
  answerFirst(done({}));
  await first;
  expect(kiosk.layar).toMatchObject({ jenis: 'pulang', id: 8 });
});

test('a scanner for another layout is understood at the second look', async () => {
  sent.scan.mockResolvedValueOnce(refused('tanda_tangan_tidak_valid')).mockResolvedValueOnce(done({}));
  await kiosk.scan({ text: 'KODE-Z', meant: 'KODE-Y' });
  expect(sent.scan.mock.calls.map(([request]) => (request as { kode: string }).kode)).toEqual([
    'KODE-Z',
    'KODE-Y',
  ]);
  expect(kiosk.layar.jenis).toBe('datang');
});

test('a permanent code asks which of several, or opens the form filled in', async () => {
  sent.scan.mockResolvedValue(done({ hasil: 'pilih', appointment: null, pilihan: [row(), row({ id: 8 })] }));
  await kiosk.scan('TETAP');
  expect(kiosk.layar).toMatchObject({ jenis: 'pilih', kode: 'TETAP' });
  const tamu = { id: 9, nama: 'Ratna', telp: '+6281200004417', kode_qr: '', dibuat_pada: '' };
  sent.scan.mockResolvedValue(done({ hasil: 'tanpa_janji', appointment: null, tamu }));
  await kiosk.scan('TETAP');
  expect(kiosk.layar.jenis).toBe('langsung');
  expect([kiosk.langsung?.telp, kiosk.langsung?.diiyakan]).toEqual(['0812 0000 4417', true]);
});

test('an appointment that is put off leaves today, and an older copy does not bring it back', async () => {
  const { hariIni } = kiosk;
  const known = row({ status: 'belum', waktu_datang: null });
  const listed = [known, { ...known, id: 8 }, { ...known, id: 9 }];
  sent.listToday.mockResolvedValueOnce({ ok: true, data: listed });
  await hariIni.load();
  expect(hariIni.baris.map((item) => item.id)).toEqual([7, 8, 9]);
  // One is told of while the list is on its way, one was put off while nobody told.
  sent.listToday.mockImplementationOnce(() => {
    hariIni.merge({ ...known, versi: 2, tanggal: '2026-11-24' });
    return Promise.resolve({ ok: true, data: [known, { ...known, id: 8 }] });
  });
  await hariIni.load();
  expect(hariIni.baris.map((item) => item.id)).toEqual([8]);
  hariIni.merge({ ...known, versi: 3 });
  expect(hariIni.baris.map((item) => item.id)).toEqual([7, 8]);
});

test('a foreign code beside one of ours neither takes the welcome down nor is it asked about', async () => {
  const ours = 'CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY';
  sent.scan.mockResolvedValueOnce(done({})).mockResolvedValue(refused('format_tidak_valid'));
  // The welcome is still on its way when the camera sees the payment code.
  await Promise.all([kiosk.scan(`${ours}/`), kiosk.scan('00020101021126')]);
  expect(kiosk.layar).toMatchObject({ jenis: 'datang', id: 7 });
  vi.advanceTimersByTime(4900);
  await kiosk.scan('00020101021126');
  expect(kiosk.layar.jenis).toBe('datang');
  expect(sent.scan).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  await kiosk.scan('00020101021126');
  expect(kiosk.layar).toMatchObject({ jenis: 'ditolak', alasan: 'format_tidak_valid' });
});
