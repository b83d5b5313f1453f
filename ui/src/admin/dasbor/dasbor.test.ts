import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failed, ok } from '../../api/result';
import type { Dasbor as Figures, HariPertama, JanjiTemu } from '../../api/types';

const sent = vi.hoisted(() => ({ getDasbor: vi.fn(), getHariPertama: vi.fn(), listToday: vi.fn() }));
vi.mock('../../api/dasbor', () => sent);
vi.mock('../../api/janji_temu', () => sent);

import { bodyOf } from '../../test_answers';
import { host } from '../../host';
import { clock } from '../../shared/clock.svelte';
import { Dasbor } from './dasbor.svelte';
import { stateMinutes } from './book.svelte';
import { deskState, scannersText } from './desks';

const figures = bodyOf<Figures>('dasbor');
const [visit] = bodyOf<{ data: [JanjiTemu] }>('hari-ini').data;
const row = (id: number, changes: Partial<JanjiTemu> = {}): JanjiTemu => ({
  ...visit,
  id,
  versi: 1,
  ...changes,
});
const NOTHING: HariPertama = {
  sekolah: true,
  penerima_tamu: true,
  guru: true,
  hari_libur: false,
  email: false,
  lembar_pemulihan: false,
  undangan: false,
};

const settled = () => vi.advanceTimersByTimeAsync(0);
let hide: (() => void) | undefined;

async function shown(is_admin = true): Promise<Dasbor> {
  const dasbor = new Dasbor();
  hide = dasbor.show(is_admin);
  await settled();
  return dasbor;
}

beforeEach(() => {
  vi.useFakeTimers();
  clock.now = Date.parse('2026-11-23T02:30:00Z');
  host.choices.set('langkah_pertama', '');
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getDasbor.mockResolvedValue(ok(figures));
  sent.getHariPertama.mockResolvedValue(ok({ ...NOTHING, undangan: true }));
  sent.listToday.mockResolvedValue(
    ok([
      row(1, { status: 'menunggu', waktu_datang: '2026-11-23T02:10:00Z', waktu_mulai: null }),
      row(2, {
        status: 'sedang berlangsung',
        waktu_datang: '2026-11-23T02:00:00Z',
        waktu_mulai: '2026-11-23T02:20:00Z',
      }),
      row(3, { status: 'belum', waktu_datang: null, jadwal: '2026-11-23T04:00:00Z' }),
      row(4, { status: 'batal', waktu_datang: null }),
    ]),
  );
});
afterEach(() => {
  hide?.();
  vi.useRealTimers();
});

test('who came last comes first of those on site, and cancelled visits are in no tab', async () => {
  const { book } = await shown();
  const ids = (rows: JanjiTemu[]) => rows.map(({ id }) => id);
  expect(ids(book.tabs.di_lokasi)).toEqual([1, 2]);
  expect(ids(book.tabs.berikutnya)).toEqual([3]);
  expect(ids(book.tabs.semua)).toEqual([2, 1, 3]);
});

test('how long somebody waits goes on by itself', async () => {
  const { book } = await shown();
  expect(book.longest_wait).toBe(20);
  expect(book.tabs.di_lokasi.map(stateMinutes)).toEqual([20, 10]);
  clock.now += 60_000;
  expect(book.longest_wait).toBe(21);
});

test('an event shows at once and an older copy does not; many are counted once', async () => {
  const dasbor = await shown();
  sent.getDasbor.mockClear();
  dasbor.take({ type: 'appointment', data: row(3, { versi: 3, status: 'menunggu' }) });
  dasbor.take({ type: 'appointment', data: row(3, { versi: 2, status: 'belum' }) });
  dasbor.take({ type: 'presence', data: { id_pengguna: 1, online: true } });
  expect(dasbor.book.tabs.berikutnya).toEqual([]);
  expect(sent.getDasbor).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(sent.getDasbor).toHaveBeenCalledTimes(1);
});

test('however many events come, the figures are never much older', async () => {
  const dasbor = await shown();
  sent.getDasbor.mockClear();
  for (let n = 0; n < 15; n += 1) {
    dasbor.take({ type: 'presence', data: { id_pengguna: n, online: true } });
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(sent.getDasbor).toHaveBeenCalledTimes(1);
});

test('figures stay on screen, with their age, while the server is away', async () => {
  const dasbor = await shown();
  sent.getDasbor.mockResolvedValue(failed({ kind: 'unavailable' }));
  await dasbor.loading.load();
  expect(dasbor.figures).toEqual(figures);
  expect([dasbor.loading.failure?.kind, dasbor.loading.fresh_at > 0]).toEqual(['unavailable', true]);
});

test('a new school sees its first steps, each ticks itself, and they can be hidden', async () => {
  sent.getHariPertama.mockResolvedValue(ok(NOTHING));
  const dasbor = await shown();
  expect(dasbor.is_first_day).toBe(true);
  expect(dasbor.steps.filter(({ done }) => done).map(({ name }) => name)).toEqual([
    'sekolah',
    'guru',
    'penerima_tamu',
  ]);
  sent.getHariPertama.mockResolvedValue(ok({ ...NOTHING, undangan: true }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([dasbor.is_first_day, dasbor.open_steps.map(({ name }) => name)]).toEqual([
    false,
    ['hari_libur', 'email', 'lembar_pemulihan'],
  ]);
  dasbor.hideSteps();
  expect(dasbor.open_steps).toEqual([]);
});

test('a receptionist is asked nothing of the first steps', async () => {
  await shown(false);
  expect(sent.getHariPertama).not.toHaveBeenCalled();
});

test('a desk is ready if it is connected and its scanners read', () => {
  const desk = { id_pengguna: 1, nama: 'Lestari', online: true, sejak: '2026-11-23T02:00:00Z' };
  const ketik = { jenis: 'ketik', keadaan: 'siap' } as const;
  const kamera = { jenis: 'kamera', keadaan: 'gagal' } as const;
  expect(deskState([])).toBe('belum');
  expect(deskState([{ ...desk, online: false, perangkat: [kamera] }])).toBe('belum');
  expect(deskState([{ ...desk, perangkat: [ketik] }])).toBe('siap');
  expect(deskState([{ ...desk, perangkat: [ketik, kamera] }])).toBe('pemindai_gagal');
  expect(scannersText({ ...desk, perangkat: [ketik, kamera] })).toBe('pemindai USB, kamera bermasalah');
  expect(scannersText({ ...desk, perangkat: [] })).toBe('Tanpa pemindai');
});
