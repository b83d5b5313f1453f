import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu } from '../api/types';

const guests = vi.hoisted(() => ({ updateTamu: vi.fn(), findByTelp: vi.fn() }));
const gurus = vi.hoisted(() => ({ listGuru: vi.fn(), listFreeTimes: vi.fn() }));
vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/tamu', () => guests);
vi.mock('../api/guru', () => gurus);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);

import { kt } from '../i18n/desk_work';
import { eventOf, refusal } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Correction } from './correction.svelte';
import { BookSearch } from './book_search.svelte';
import { Kiosk } from './kiosk.svelte';
import { OtherTime } from './other_time.svelte';
import { sent } from './test_desk';

const known = eventOf<{ data: JanjiTemu }>('event-appointment').data;
const at = (minutes: number) => new Date(NOW_MS + minutes * 60_000).toISOString();
const row = (id: number, minutes: number, changes: Partial<JanjiTemu> = {}): JanjiTemu => ({
  ...known,
  id,
  jadwal: at(minutes),
  status: 'belum',
  ...changes,
});

let kiosk: Kiosk;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  sent.listToday.mockResolvedValue({ ok: true, data: [] });
  kiosk = new Kiosk();
  kiosk.sound.volume = 'mati';
  const rows = [
    row(1, -90),
    row(2, -10),
    row(3, -60, { status: 'menunggu', waktu_datang: at(-50) }),
    row(4, -30, { status: 'selesai', waktu_datang: at(-30), waktu_selesai: at(-5) }),
    row(5, 30, { nama_tamu: 'Ani Setyowati' }),
  ];
  for (const one of rows) kiosk.today.merge(one);
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

test('who is overdue does not stand before who comes next', () => {
  expect(kiosk.today.upcoming.map(({ id }) => id)).toEqual([2, 5]);
  expect(kiosk.today.overdue.map(({ id }) => id)).toEqual([1]);
});

test('the book opens at now, and shows what is asked for', () => {
  const search = new BookSearch(kiosk);
  expect([search.rows.length, search.now_id]).toEqual([5, 5]);
  const ids = (filter: typeof search.filter) => {
    search.show(filter);
    return search.rows.map(({ id }) => id);
  };
  expect(ids('di_gedung')).toEqual([3]);
  expect(ids('akan_datang')).toEqual([2, 5]);
  expect(ids('terlambat')).toEqual([1]);
});

test('tomorrow’s is fetched once it is asked for', async () => {
  sent.listDays.mockResolvedValue({ ok: true, data: [row(9, 24 * 60)] });
  const search = new BookSearch(kiosk, 'besok');
  expect(search.is_loaded).toBe(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent.listDays).toHaveBeenCalledWith('2026-11-24', '2026-11-24');
  expect(search.rows.map(({ id }) => id)).toEqual([9]);
});

test('Enter takes the only hit, and none of several', () => {
  const search = new BookSearch(kiosk);
  expect(search.chooseOnly()).toBe(false);
  search.q = 'setyowati';
  expect([search.chooseOnly(), search.selected?.id]).toEqual([true, 5]);
});

test('of a correction only what changed is sent, to the guest and to the visit', async () => {
  const wrong = row(3, -60, { status: 'menunggu' });
  guests.updateTamu.mockResolvedValue({ ok: true, data: { id: 1, nama: 'Anik', telp: wrong.telp } });
  sent.updateJanjiTemu.mockResolvedValue({ ok: true, data: { ...wrong, versi: 9, jumlah_orang: 3 } });
  const form = new Correction(kiosk.moves, wrong);
  form.nama = 'Anik';
  form.jumlah_orang = '3';
  expect(await form.save()).toBe(true);
  expect(guests.updateTamu).toHaveBeenCalledExactlyOnceWith(wrong.id_tamu, { nama: 'Anik' });
  expect(sent.updateJanjiTemu).toHaveBeenCalledExactlyOnceWith(3, { jumlah_orang: 3 });
  expect(kiosk.today.find(3)?.jumlah_orang).toBe(3);
});

test('a number that is another guest’s is said at the number, and nothing else is changed', async () => {
  guests.updateTamu.mockResolvedValue(refusal(409, 'sudah_ada'));
  const form = new Correction(kiosk.moves, row(3, -60));
  form.telp = '0812 9999 0000';
  form.instansi = 'Dinas';
  expect(await form.save()).toBe(false);
  expect(form.errors.telp).toBe(kt.betulkan.telp_dipakai);
  expect(sent.updateJanjiTemu).not.toHaveBeenCalled();
});

test('a size of a group that is none is told before anything is sent', async () => {
  const form = new Correction(kiosk.moves, row(3, -60));
  for (const wrong of ['0', '1000', 'dua', '1.5', '']) {
    form.jumlah_orang = wrong;
    expect(await form.save()).toBe(false);
    expect(form.errors.jumlah_orang).toBeDefined();
  }
  expect(sent.updateJanjiTemu).not.toHaveBeenCalled();
});

test('who cannot be met today gets a new appointment, and the visit is closed', async () => {
  const here = row(3, -60, { status: 'menunggu', waktu_datang: at(-50), atas_nama: 'Tono', jumlah_orang: 2 });
  gurus.listFreeTimes.mockResolvedValue({
    ok: true,
    data: { data: [{ waktu: '09:30' }], sampai: '2027-01-23' },
  });
  const pesan = { teks: 'Yth.', tautan_wa: 'https://wa.me/62' };
  sent.createJanjiTemu.mockResolvedValue({ ok: true, data: { ...row(20, 24 * 60), pesan } });
  sent.updateStatus.mockResolvedValue({ ok: true, data: { ...here, versi: 9, status: 'selesai' } });
  const form = new OtherTime(kiosk, here);
  await vi.advanceTimersByTimeAsync(0);
  expect(await form.submit()).toBe(false);
  form.waktu = '09:30';
  expect(await form.submit()).toBe(true);
  expect(sent.createJanjiTemu.mock.lastCall?.[0]).toMatchObject({
    id_tamu: here.id_tamu,
    id_guru: here.id_guru,
    atas_nama: 'Tono',
    jumlah_orang: 2,
    waktu: '09:30',
  });
  expect(sent.updateStatus).toHaveBeenCalledExactlyOnceWith(3, 'selesai');
  expect(kiosk.moves.tamu_notice).toMatchObject({ jenis: 'baru', words: pesan });
});

test('an appointment is moved, and no visit is closed', async () => {
  gurus.listFreeTimes.mockResolvedValue({
    ok: true,
    data: { data: [{ waktu: '09:30' }], sampai: '2027-01-23' },
  });
  sent.reschedule.mockResolvedValue({
    ok: true,
    data: { ...row(5, 90), versi: 9, pesan: { teks: '', tautan_wa: '' } },
  });
  const form = new OtherTime(kiosk, row(5, 30));
  await vi.advanceTimersByTimeAsync(0);
  form.waktu = '09:30';
  expect(await form.submit()).toBe(true);
  expect(sent.reschedule).toHaveBeenCalledOnce();
  expect(sent.updateStatus).not.toHaveBeenCalled();
  expect(kiosk.moves.tamu_notice?.jenis).toBe('pindah');
});

test('a known guest is told of what is still to come today, and of nothing else', () => {
  const { id_tamu } = known;
  kiosk.today.merge(row(6, 45, { id_tamu: 7 }));
  kiosk.today.merge(row(8, 50, { rusak: true }));
  expect(kiosk.today.janjiTemuOf(id_tamu).map(({ id }) => id)).toEqual([1, 2, 5]);
  expect(kiosk.today.janjiTemuOf(7).map(({ id }) => id)).toEqual([6]);
  expect(kiosk.today.janjiTemuOf(99)).toEqual([]);
});

test('whoever could not meet this guest today is known, of every visit whose place another took', () => {
  const answered = { status: 'selesai', tanggapan: 'Tidak bisa', tanggapan_jenis: 'tidak_bisa' } as const;
  kiosk.today.merge(row(6, -20, { ...answered, id_guru: 61 }));
  kiosk.today.merge(row(7, -20, { ...answered, id_guru: 62, id_tamu: 7 }));
  const now = row(8, -5, { ...answered, status: 'menunggu', id_guru: 63 });
  expect(new Set(kiosk.today.refusingGurus(now))).toEqual(new Set([63, 61]));
});
