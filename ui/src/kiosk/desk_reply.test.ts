import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu, Scan } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);
vi.mock('../shared/sounds', async () => (await import('./test_desk')).sound_mocks);

import { answer, bodyOf } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { needsChoice } from './today.svelte';
import { Kiosk } from './kiosk.svelte';
import { boardOf } from './board_state';
import { came, sent, sounds, TOKEN } from './test_desk';

const answered = (changes: Partial<JanjiTemu>): JanjiTemu => ({
  ...came,
  versi: came.versi + 1,
  ditanggapi_pada: '2026-11-23T02:41:00Z',
  ...changes,
});

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

test('scanned again before being fetched, a guest is asked, and nothing moves by itself', async () => {
  sent.scan.mockResolvedValue(answer<Scan>('scan-sudah-datang'));
  await kiosk.scan(TOKEN);
  expect(sent.updateStatus).not.toHaveBeenCalled();
  kiosk.stillWaiting(came.id);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: came.id });
  expect(sent.updateStatus).not.toHaveBeenCalled();
  // "Sudah bertemu, pulang" is a press of its own.
  const left = bodyOf<Scan>('scan-pulang').appointment;
  sent.updateStatus.mockResolvedValue({ ok: true, data: left });
  await kiosk.moves.moveTo(came, 'selesai');
  expect(sent.updateStatus).toHaveBeenCalledWith(came.id, 'selesai');
  expect(kiosk.screen).toMatchObject({ jenis: 'pulang', already: false });
});

test.each(['ke_lobi', 'sebentar', 'antar', 'teks'] as const)(
  'the answer %s sounds as its kind, and goes by itself',
  async (jenis) => {
    await kiosk.scan(TOKEN);
    kiosk.changed(answered({ tanggapan: 'x', tanggapan_jenis: jenis, tanggapan_menit: 10 }));
    expect(sounds.soundTanggapan).toHaveBeenCalledExactlyOnceWith('mati', jenis);
    vi.advanceTimersByTime(21_000);
    expect(kiosk.screen.jenis).toBe('siap');
  },
);

test('a guru who cannot meet leaves the choice on the screen until somebody makes it', async () => {
  await kiosk.scan(TOKEN);
  kiosk.changed(answered({ tanggapan: 'Tidak bisa', tanggapan_jenis: 'tidak_bisa' }));
  expect(sounds.soundTanggapan).toHaveBeenCalledExactlyOnceWith('mati', 'tidak_bisa');
  vi.advanceTimersByTime(300_000);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: came.id });
  // Scanning goes on.
  sent.scan.mockResolvedValue(answer<Scan>('scan-pulang'));
  await kiosk.scan(TOKEN);
  expect(kiosk.screen.jenis).toBe('pulang');
});

test('scanned again after a guru cannot meet, the choice is on the screen once more', async () => {
  const row = answered({ tanggapan: 'Tidak bisa', tanggapan_jenis: 'tidak_bisa' });
  const again = bodyOf<Scan>('scan-sudah-datang');
  sent.scan.mockResolvedValue({ ok: true, data: { ...again, appointment: row } });
  await kiosk.scan(TOKEN);
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: row.id });
  expect(boardOf(kiosk.screen, kiosk.janjiTemu, NOW_MS)?.color).toBe('maaf');
  vi.advanceTimersByTime(300_000);
  expect(kiosk.screen.jenis).toBe('datang');
});

test.each<[Partial<JanjiTemu>, boolean]>([
  [{ tanggapan_jenis: 'tidak_bisa' }, true],
  [{ tanggapan_jenis: 'ke_lobi' }, false],
  [{}, false],
  // Whoever has met the guru, or left, has nothing to choose.
  [{ tanggapan_jenis: 'tidak_bisa', status: 'sedang berlangsung' }, false],
  [{ tanggapan_jenis: 'tidak_bisa', status: 'selesai' }, false],
])('of a visit with %o somebody chooses what comes next: %s', (changes, chooses) => {
  expect(needsChoice({ ...came, status: 'menunggu', ...changes })).toBe(chooses);
});

test('an answer that was taken back sounds no more', async () => {
  await kiosk.scan(TOKEN);
  const told = answered({ tanggapan: 'Saya ke lobi', tanggapan_jenis: 'ke_lobi' });
  kiosk.changed(told);
  const none = { tanggapan: null, tanggapan_jenis: null, ditanggapi_pada: null };
  kiosk.changed({ ...told, versi: told.versi + 1, ...none });
  expect(sounds.soundTanggapan).toHaveBeenCalledTimes(1);
});

test('another guru takes the guest and the purpose along, and no guru', () => {
  kiosk.openWalkIn({ janji_temu: came, replaces: true });
  expect(kiosk.langsung?.guru).toBeUndefined();
  expect(kiosk.langsung?.keperluan).toBe(came.keperluan);
  expect(kiosk.langsung?.replaced).toBe(came);
});
