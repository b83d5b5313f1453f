import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../api/result';
import type { JanjiTemu, Scan, Verifikasi } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);

import { host } from '../host';
import { answer, bodyOf, eventOf } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';
import { away, came, DUA, SATU, sent, TOKEN } from './test_desk';

const arrived = bodyOf<Scan>('scan-datang');
const row = (changes: Partial<JanjiTemu> = {}): JanjiTemu => ({
  ...came,
  ...changes,
});
const done = (name: string, changes: Partial<JanjiTemu> = {}): Result<Scan> => {
  const scan = bodyOf<Scan>(name);
  const appointment = scan.appointment ? { ...scan.appointment, ...changes } : null;
  return { ok: true, data: { ...scan, appointment } };
};
const refused = (code: string) => answer<Scan>(`tolak-${code}`);
const requests = () => sent.scan.mock.calls.map(([request]) => request as { kode: string; kunci: string });

let kiosk: Kiosk;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  sent.listToday.mockResolvedValue(away);
  sent.lookAtCode.mockResolvedValue(away);
  host.choices.set('antrean', '[]');
  kiosk = new Kiosk();
  kiosk.sound.volume = 'mati';
  kiosk.queue.start();
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

test('an arrival is shown and goes back to idle by itself', async () => {
  sent.scan.mockResolvedValue(done('scan-datang'));
  await kiosk.scan(SATU);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: row().id });
  expect(kiosk.janjiTemu?.nama_tamu).toBe('Tamu Nomor 1');
  vi.advanceTimersByTime(21_000);
  expect(kiosk.screen.jenis).toBe('siap');
});

test('a guru who was not told does not stand there as connected', async () => {
  const { id_guru } = row();
  kiosk.connection.online.add(id_guru);
  sent.scan.mockResolvedValueOnce({ ok: true, data: { ...arrived, guru_terhubung: false } });
  await kiosk.scan(SATU);
  expect(kiosk.connection.isOnline(id_guru)).toBe(false);
  kiosk.connection.told(id_guru, true);
  expect(kiosk.connection.isOnline(id_guru)).toBe(true);
});

test('an answer comes up by itself, after whatever is on screen', async () => {
  const { id, versi } = row();
  sent.scan.mockResolvedValueOnce(done('scan-datang'));
  sent.scan.mockResolvedValueOnce(done('scan-datang', { id: 88 }));
  await kiosk.scan(SATU);
  await kiosk.scan(DUA);
  kiosk.changed(row({ versi: versi + 1, tanggapan: 'Saya ke lobi' }));
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 88 });
  vi.advanceTimersByTime(21_000);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id, reply: true });
  expect(kiosk.janjiTemu?.tanggapan).toBe('Saya ke lobi');
  vi.advanceTimersByTime(16_000);
  expect(kiosk.screen.jenis).toBe('siap');
  kiosk.changed(row({ id: 88, versi: versi + 1, tanggapan: '5 menit lagi' }));
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 88, reply: true });
});

test('an answer to a guest who has left comes up no more', async () => {
  sent.scan.mockResolvedValueOnce(done('scan-datang'));
  await kiosk.scan(SATU);
  kiosk.goBack();
  kiosk.changed(row({ versi: 9, status: 'selesai', tanggapan: 'Saya ke lobi' }));
  expect(kiosk.screen.jenis).toBe('siap');
});

test('every refusal names its reason', async () => {
  for (const alasan of ['kedaluwarsa', 'tidak-ditemukan', 'tanda-tangan-tidak-valid', 'dibatalkan']) {
    sent.scan.mockResolvedValue(refused(alasan));
    await kiosk.scan(SATU);
    expect(kiosk.screen).toEqual({ jenis: 'ditolak', alasan: alasan.replaceAll('-', '_') });
  }
  sent.scan.mockResolvedValue(answer<Scan>('transisi-tidak-sah'));
  await kiosk.scan(SATU);
  expect(kiosk.screen).toEqual({ jenis: 'ditolak', alasan: 'lain' });
});

test('the newest scan decides what is shown', async () => {
  let answerFirst: (answer: Result<Scan>) => void = () => undefined;
  sent.scan.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
  sent.scan.mockResolvedValueOnce(done('scan-pulang', { id: 88 }));
  const first = kiosk.scan(SATU);
  await kiosk.scan(DUA);
  answerFirst(done('scan-datang'));
  await first;
  expect(kiosk.screen).toMatchObject({ jenis: 'pulang', id: 88 });
});

test('a permanent code asks which of several, or opens the form filled in', async () => {
  sent.scan.mockResolvedValue(done('scan-pilih'));
  await kiosk.scan(SATU);
  expect(kiosk.screen).toMatchObject({ jenis: 'pilih', kode: SATU });
  sent.scan.mockResolvedValue(done('scan-tanpa-janji'));
  await kiosk.scan(SATU);
  expect(kiosk.screen.jenis).toBe('langsung');
  expect([kiosk.langsung?.telp, kiosk.langsung?.is_confirmed]).toEqual(['0812 0000 0003', true]);
});

test('an appointment that is put off leaves today, and an older copy does not bring it back', async () => {
  const { today } = kiosk;
  const known = { ...eventOf<{ data: JanjiTemu }>('event-appointment').data, id: 7 };
  const listed = [known, { ...known, id: 8 }, { ...known, id: 9 }];
  sent.listToday.mockResolvedValueOnce({ ok: true, data: listed });
  await today.load();
  expect(today.rows.map((item) => item.id)).toEqual([7, 8, 9]);
  // One is told of while the list is on its way, one was put off while nobody told.
  sent.listToday.mockImplementationOnce(() => {
    today.merge({ ...known, versi: 2, tanggal: '2026-11-24' });
    return Promise.resolve({ ok: true, data: [known, { ...known, id: 8 }] });
  });
  await today.load();
  expect(today.rows.map((item) => item.id)).toEqual([8]);
  today.merge({ ...known, versi: 3 });
  expect(today.rows.map((item) => item.id)).toEqual([7, 8]);
});

test('of two keyboard layouts the reading that is ours goes on, with its own key', async () => {
  const german = { text: SATU, meant: DUA };
  sent.scan
    .mockResolvedValueOnce(refused('tanda-tangan-tidak-valid'))
    .mockResolvedValueOnce(done('scan-datang'));
  await kiosk.scan(german);
  expect(requests().map(({ kode }) => kode)).toEqual([SATU, DUA]);
  expect(requests()[0]?.kunci).not.toBe(requests()[1]?.kunci);
  expect(kiosk.screen.jenis).toBe('datang');
  // Picking among several.
  sent.scan
    .mockResolvedValueOnce(refused('tanda-tangan-tidak-valid'))
    .mockResolvedValueOnce(done('scan-pilih'));
  await kiosk.scan(german);
  expect(kiosk.screen).toMatchObject({ jenis: 'pilih', kode: DUA });
  // The explanation of a refusal.
  sent.scan
    .mockResolvedValueOnce(refused('tanda-tangan-tidak-valid'))
    .mockResolvedValueOnce(refused('bukan-hari-ini'));
  sent.lookAtCode.mockResolvedValue(answer<Verifikasi>('verifikasi-bukan-hari-ini'));
  await kiosk.scan(german);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.lookAtCode).toHaveBeenCalledWith(DUA);
  expect(kiosk.screen).toMatchObject({ alasan: 'bukan_hari_ini', janji_temu: { tanggal: '2026-11-24' } });
  // Where neither is ours, the likelier one is refused.
  sent.scan.mockResolvedValue(refused('tanda-tangan-tidak-valid'));
  await kiosk.scan(german);
  expect(kiosk.screen).toMatchObject({ jenis: 'ditolak', alasan: 'tanda_tangan_tidak_valid' });
});

test('of two keyboard layouts the second goes on trying, each under its own key', async () => {
  sent.scan
    .mockResolvedValueOnce(refused('tanda-tangan-tidak-valid'))
    .mockResolvedValueOnce(away)
    .mockResolvedValueOnce(refused('tanda-tangan-tidak-valid'))
    .mockResolvedValueOnce(done('scan-datang'));
  await kiosk.scan({ text: SATU, meant: DUA });
  expect(kiosk.screen.jenis).toBe('tertunda');
  await vi.advanceTimersByTimeAsync(3100);
  expect(kiosk.screen.jenis).toBe('datang');
  expect(requests().slice(2)).toEqual(requests().slice(0, 2));
});

test('a reading that can be none of ours is not asked about', async () => {
  sent.scan.mockResolvedValue(done('scan-datang'));
  await kiosk.scan({ text: TOKEN.replace('A', 'é'), meant: TOKEN });
  expect(requests().map(({ kode }) => kode)).toEqual([TOKEN]);
});
