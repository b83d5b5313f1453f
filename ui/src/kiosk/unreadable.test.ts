import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../api/result';
import type { Scan } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);
vi.mock('../shared/sounds', async () => (await import('./test_desk')).sound_mocks);

import { answer } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';
import { sent, sounds, TOKEN } from './test_desk';

const FOREIGN = '00020101021126';

let kiosk: Kiosk;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  sent.scan.mockResolvedValue(answer<Scan>('scan-datang'));
  kiosk = new Kiosk();
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

test('half a code says so, is not sent, and takes the welcome before down', async () => {
  await kiosk.scan(TOKEN);
  await kiosk.scan(TOKEN.slice(0, 30), 'pemindai');
  expect(kiosk.screen).toEqual({ jenis: 'tak_terbaca', reason: 'terpotong' });
  expect(sent.scan).toHaveBeenCalledTimes(1);
  expect(sounds.soundNo).toHaveBeenCalledTimes(1);
  expect(kiosk.reader_log.of('pemindai').failure?.reason).toBe('terpotong');
  // The guest before is still known, and can be shown again.
  expect(kiosk.previous_kunjungan?.nama_tamu).toBe('Tamu Nomor 1');
  kiosk.showAgain();
  expect(kiosk.screen.jenis).toBe('datang');
});

test.each(['kacau', 'gambar_kosong', 'gambar_rusak', 'gambar_heic', 'gambar_berat'] as const)(
  'what gives no code (%s) reaches screen, sound and the list of devices',
  async (reason) => {
    await kiosk.scan(TOKEN);
    kiosk.unreadable(reason, 'gambar');
    expect(kiosk.screen).toEqual({ jenis: 'tak_terbaca', reason });
    expect(sounds.soundNo).toHaveBeenCalledTimes(1);
    expect(kiosk.reader_log.of('gambar').failure?.reason).toBe(reason);
    vi.advanceTimersByTime(21_000);
    expect(kiosk.screen.jenis).toBe('siap');
  },
);

test('a form that is being filled in stays under what could not be read', async () => {
  kiosk.openWalkIn();
  kiosk.unreadable('gambar_kosong', 'gambar');
  await kiosk.scan(FOREIGN);
  expect([kiosk.screen.jenis, kiosk.side_notices.newest?.jenis]).toEqual(['langsung', 'asing']);
});

test('an answer that comes after a failed read is remembered, and not shown to who stands there now', async () => {
  let answerFirst: (answer: Result<Scan>) => void = () => undefined;
  sent.scan.mockReturnValueOnce(new Promise((resolve) => (answerFirst = resolve)));
  const first = kiosk.scan(TOKEN);
  kiosk.unreadable('kacau', 'pemindai');
  answerFirst(answer<Scan>('scan-datang'));
  await first;
  expect(kiosk.screen.jenis).toBe('tak_terbaca');
  expect(kiosk.previous_kunjungan?.nama_tamu).toBe('Tamu Nomor 1');
});

test('a foreign code beside one of ours neither takes the welcome down nor is it asked about', async () => {
  // The welcome is still on its way when the camera sees the payment code.
  await Promise.all([kiosk.scan(`${TOKEN}/`, 'kamera'), kiosk.scan(FOREIGN, 'kamera')]);
  expect([kiosk.screen.jenis, kiosk.side_notices.newest?.jenis]).toEqual(['datang', 'asing']);
  expect(sounds.soundNo).not.toHaveBeenCalled();
  // Later it is somebody's mistake, and told as one, beside the welcome.
  vi.advanceTimersByTime(6000);
  await kiosk.scan(FOREIGN);
  expect(kiosk.screen.jenis).toBe('datang');
  expect(sounds.soundNo).toHaveBeenCalledTimes(1);
  kiosk.goBack();
  await kiosk.scan(FOREIGN);
  expect(kiosk.screen).toEqual({ jenis: 'ditolak', alasan: 'format_tidak_valid' });
  expect(sent.scan).toHaveBeenCalledTimes(1);
});

test('a guest’s code goes before a form, which comes back afterwards', async () => {
  kiosk.openWalkIn();
  if (kiosk.langsung) kiosk.langsung.nama = 'Laila';
  await kiosk.scan(TOKEN);
  expect(kiosk.screen.jenis).toBe('datang');
  vi.advanceTimersByTime(21_000);
  expect([kiosk.screen.jenis, kiosk.langsung?.nama]).toEqual(['langsung', 'Laila']);
  kiosk.goBack();
  expect(kiosk.screen.jenis).toBe('siap');
});
