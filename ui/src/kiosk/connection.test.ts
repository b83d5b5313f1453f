import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../api/result';
import type { JanjiTemu, Sekolah } from '../api/types';

const sent = vi.hoisted(() => ({ getSekolah: vi.fn(), listToday: vi.fn(), listGuru: vi.fn() }));
vi.mock('../api/sekolah', () => sent);
vi.mock('../api/janji_temu', () => sent);
vi.mock('../api/guru', () => sent);

import { host, type Update } from '../host';
import { sekolah } from '../i18n/sekolah.svelte';
import { bodyOf } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { DeskConnection } from './connection.svelte';
import { Today } from './today.svelte';

const row = (changes: Partial<JanjiTemu> = {}) => ({ ...bodyOf<JanjiTemu>('janji-temu-dibuat'), ...changes });
const told = (changes: Partial<Sekolah>): Result<Sekolah> => ({
  ok: true,
  data: {
    nama: 'SMP Satu',
    bahasa: ['id', 'en'],
    bahasa_bawaan: 'id',
    tempat: 'Lobi',
    zona_waktu: 'Asia/Jakarta',
    toleransi_terlambat_menit: 15,
    ...changes,
  },
});
const connected: Update = {
  type: 'connected',
  pengguna: { id: 2 } as Extract<Update, { type: 'connected' }>['pengguna'],
  online: [],
};

const outdated = vi.fn();
const caughtUp = vi.fn();
let tell: (update: Update) => Promise<void>;
let connection: DeskConnection;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  vi.spyOn(host, 'subscribe').mockImplementation((listener) => {
    tell = async (update) => {
      listener(update);
      await vi.advanceTimersByTimeAsync(0);
    };
    return { retryNow: () => undefined, close: () => undefined };
  });
  sent.getSekolah.mockResolvedValue(told({}));
  connection = new DeskConnection({ outdated, appointment: () => undefined, caughtUp });
  connection.start();
  await tell(connected);
  outdated.mockClear();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

test('changed settings are fetched, and then what is on screen', async () => {
  sent.getSekolah.mockResolvedValue(told({ tempat: 'Aula', zona_waktu: 'Asia/Makassar' }));
  outdated.mockImplementation(() => expect(sekolah.tempat).toBe('Aula'));
  await tell({ type: 'settings' });
  expect(outdated).toHaveBeenCalledOnce();
  expect(sekolah.zona_waktu).toBe('Asia/Makassar');
});

test('settings that show nowhere here fetch no list', async () => {
  await tell({ type: 'settings' });
  expect(sent.getSekolah).toHaveBeenCalledTimes(2);
  expect(outdated).not.toHaveBeenCalled();
});

test('what was changed during a gap is found out after it', async () => {
  sent.getSekolah.mockResolvedValue(told({ nama: 'SMP Dua' }));
  await tell(connected);
  expect(sekolah.nama).toBe('SMP Dua');
  // For the gap, and for the settings.
  expect(outdated).toHaveBeenCalledTimes(2);
});

test('whoever has left the desk fetches nothing any more', async () => {
  sent.getSekolah.mockResolvedValue(told({ nama: 'SMP Tiga' }));
  connection.stop();
  await tell({ type: 'settings' });
  expect(outdated).not.toHaveBeenCalled();
});

test('the same appointment stands at its time in the new zone', () => {
  const today = new Today();
  today.merge(row({ tanggal: '2026-11-23', waktu: '09:30' }));
  today.merge(row({ tanggal: '2026-11-23', waktu: '11:30' }));
  expect(today.rows.map(({ waktu }) => waktu)).toEqual(['11:30']);
});

test('what is wrong with the backups is told until it is mended', async () => {
  const alarm = { masalah: 'gagal', alasan: 'tempat', terakhir: null } as const;
  await tell({ type: 'cadangan', data: alarm });
  expect(connection.backup_alarm).toEqual(alarm);
  await tell({ type: 'cadangan', data: null });
  expect(connection.backup_alarm).toBeUndefined();
  await tell({ type: 'cadangan', data: alarm });
  await tell(connected);
  expect(connection.backup_alarm, 'the server tells anew').toBeUndefined();
});

test('a channel that sends nothing is a fault until it works, and the server tells anew after a gap', async () => {
  await tell({ type: 'saluran', data: { nama: 'whatsapp', alasan: 'sesi_putus' } });
  await tell({ type: 'saluran', data: { nama: 'email', alasan: 'token_ditolak' } });
  await tell({ type: 'saluran', data: { nama: 'email', alasan: null } });
  expect([...connection.broken_channels]).toEqual([['whatsapp', 'sesi_putus']]);
  await tell({ type: 'disconnected', retry_at: NOW_MS });
  expect(connection.broken_channels.size, 'nobody says that it works').toBe(1);
  await tell(connected);
  expect(connection.broken_channels.size).toBe(0);
});
