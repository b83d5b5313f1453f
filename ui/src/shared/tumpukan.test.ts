import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Failure, Result } from '../api/result';
import type { JanjiTemu, Notifikasi, Scan } from '../api/types';

const sent = vi.hoisted(() => ({
  respond: vi.fn(),
  markRead: vi.fn(),
  getJanjiTemu: vi.fn(),
  updateStatus: vi.fn(),
}));
vi.mock('../api/notifikasi', () => sent);
vi.mock('../api/janji_temu', () => sent);

import { jawab, type IsiJawaban } from './jawaban.svelte';
import { bodyOf, eventOf } from '../test_answers';
import { kabarTiba } from '../i18n/kabar';
import { kejadianTeks } from '../i18n/kejadian';
import { Tumpukan } from './tumpukan.svelte';

const told = eventOf<{ data: Notifikasi }>('event-notification').data;
const left = bodyOf<Scan>('scan-pulang').appointment as JanjiTemu;
const arrival = (id: number, changes: Partial<Notifikasi> = {}): Notifikasi => ({
  ...told,
  id,
  id_janji_temu: id,
  waktu: `2026-11-23T02:4${id}:00Z`,
  versi: 1,
  ...changes,
});
const away: { ok: false; failure: Failure } = { ok: false, failure: { kind: 'unreachable' } };
const answered = (id: number, isi: IsiJawaban | null): Result<Notifikasi> => ({
  ok: true,
  data: arrival(id, { ...(isi ?? { tanggapan: null }), is_read: true, versi: 2 }),
});

let tumpukan: Tumpukan;
const words = () => tumpukan.kejadian.daftar.map((item) => kejadianTeks(item));
const only = () => {
  const [kartu] = tumpukan.kartu;
  if (!kartu) throw new Error('there is no card');
  return kartu;
};

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T02:45:00Z') });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getJanjiTemu.mockResolvedValue(away);
  tumpukan = new Tumpukan();
});
afterEach(() => {
  tumpukan.clear();
  vi.useRealTimers();
});

test('guests stack, who has waited longest on top, each once', () => {
  tumpukan.take({ type: 'alert', data: arrival(2) });
  tumpukan.take({ type: 'alert', data: arrival(1) });
  tumpukan.take({ type: 'alert', data: arrival(1) });
  expect(tumpukan.kartu.map((kartu) => kartu.id)).toEqual([1, 2]);
});

test('one press answers; the card stays a moment for taking it back, then goes', async () => {
  sent.respond.mockResolvedValue(answered(1, jawab.lobi()));
  tumpukan.take({ type: 'alert', data: arrival(1) });
  await tumpukan.jawab(only(), jawab.lobi());
  // The event of one's own answer takes nothing away.
  tumpukan.take({ type: 'changed', data: arrival(1, { is_read: true, ...jawab.lobi(), versi: 2 }) });
  expect(only().jawaban.tahap).toBe('terkirim');
  vi.advanceTimersByTime(4100);
  expect(tumpukan.kartu).toEqual([]);
});

test('a card under the pointer does not go away before the hand has rested', async () => {
  sent.respond.mockResolvedValue(answered(1, jawab.lobi()));
  tumpukan.take({ type: 'alert', data: arrival(1) });
  tumpukan.hold();
  await tumpukan.jawab(only(), jawab.lobi());
  vi.advanceTimersByTime(7900);
  tumpukan.hold();
  vi.advanceTimersByTime(7900);
  expect(tumpukan.kartu).toHaveLength(1);
  vi.advanceTimersByTime(100 + 4100);
  expect(tumpukan.kartu).toEqual([]);
});

test('a card goes soon after the hand is taken away', async () => {
  sent.respond.mockResolvedValue(answered(1, jawab.lobi()));
  tumpukan.take({ type: 'alert', data: arrival(1) });
  tumpukan.hold();
  await tumpukan.jawab(only(), jawab.lobi());
  tumpukan.release();
  vi.advanceTimersByTime(4100);
  expect(tumpukan.kartu).toEqual([]);
});

test('an answer taken back leaves the guest waiting for another one', async () => {
  sent.respond.mockResolvedValueOnce(answered(1, jawab.lobi())).mockResolvedValueOnce(answered(1, null));
  tumpukan.take({ type: 'alert', data: arrival(1) });
  await tumpukan.jawab(only(), jawab.lobi());
  await tumpukan.urungkan(only());
  tumpukan.take({ type: 'changed', data: arrival(1, { is_read: true, versi: 3 }) });
  vi.advanceTimersByTime(10_000);
  expect(only().jawaban.tahap).toBe('diam');
  expect(sent.respond.mock.calls.at(-1)).toEqual([1, null]);
});

test('an answer that cannot go out says so and is tried again by itself', async () => {
  sent.respond.mockResolvedValueOnce(away).mockResolvedValueOnce(answered(1, jawab.sebentar(5)));
  tumpukan.take({ type: 'alert', data: arrival(1) });
  await tumpukan.jawab(only(), jawab.sebentar(5));
  expect(only().jawaban.tahap).toBe('gagal');
  expect(only().jawaban.coba_pada).toBe(Date.now() + 5000);
  await vi.advanceTimersByTimeAsync(5000);
  expect(only().jawaban.tahap).toBe('terkirim');
});

test('a card goes where another screen answered, or the guest has left', () => {
  tumpukan.take({ type: 'alert', data: arrival(1) });
  tumpukan.take({ type: 'alert', data: arrival(2) });
  tumpukan.take({ type: 'changed', data: arrival(1, { is_read: true, versi: 2 }) });
  expect(tumpukan.kartu.map((kartu) => kartu.id)).toEqual([2]);
  tumpukan.take({ type: 'appointment', data: { ...left, id: 2, versi: 3 } });
  expect(tumpukan.kartu).toEqual([]);
});

test('what is unread from days ago is no card', () => {
  tumpukan.take({ type: 'alert', data: arrival(1, { status: 'selesai' }) });
  expect(tumpukan.kartu).toEqual([]);
});

test('who is answered keeps the place until hand and time are gone, and is counted no more', async () => {
  sent.respond.mockResolvedValue(answered(1, jawab.lobi()));
  for (const id of [1, 2, 3]) tumpukan.take({ type: 'alert', data: arrival(id) });
  const order = () => tumpukan.kartu.map((kartu) => kartu.id);
  tumpukan.hold();
  await tumpukan.jawab(only(), jawab.lobi());
  vi.advanceTimersByTime(5000);
  expect(order()).toEqual([1, 2, 3]);
  tumpukan.release();
  expect(order()).toEqual([1, 2, 3]);
  expect(tumpukan.kartu.filter((kartu) => kartu.menunggu)).toHaveLength(2);
  vi.advanceTimersByTime(4100);
  expect(order()).toEqual([2, 3]);
});

test('a guest who is let go at the desk goes with a word', () => {
  tumpukan.take({ type: 'alert', data: arrival(1) });
  // The notification tells it first, without a time.
  tumpukan.take({ type: 'changed', data: arrival(1, { status: 'selesai', versi: 2 }) });
  expect(tumpukan.kartu).toEqual([]);
  expect(words()).toEqual([`${told.nama_tamu} sudah pulang · dicatat di meja`]);

  tumpukan.take({ type: 'alert', data: arrival(2) });
  tumpukan.take({
    type: 'appointment',
    data: { ...left, id: 2, versi: 3, atas_nama: 'Rina', waktu_selesai: '2026-11-23T02:40:00Z' },
  });
  expect(words()[0]).toBe('Rina sudah pulang 09.40 · dicatat di meja');
  tumpukan.take({ type: 'alert', data: arrival(3) });
  tumpukan.take({
    type: 'appointment',
    data: { ...left, id: 3, versi: 3, atas_nama: 'Togi', status: 'belum' },
  });
  expect(words()[0]).toBe('Kedatangan Togi dibatalkan di meja');
  vi.advanceTimersByTime(31_000);
  expect(words()).toEqual([]);
});

test('news that a newer event of the same visit contradicts goes away', () => {
  const undone: JanjiTemu = { ...left, id: 1, versi: 3, atas_nama: 'Togi', status: 'belum' };
  tumpukan.take({ type: 'alert', data: arrival(1) });
  tumpukan.take({ type: 'appointment', data: undone });
  expect(words()).toEqual(['Kedatangan Togi dibatalkan di meja']);
  // An older copy says nothing new.
  tumpukan.take({ type: 'changed', data: arrival(1, { versi: 2 }) });
  expect(words()).toHaveLength(1);
  tumpukan.take({ type: 'alert', data: arrival(1, { versi: 4 }) });
  expect(words()).toEqual([]);
  tumpukan.take({ type: 'appointment', data: { ...undone, versi: 5, status: 'selesai' } });
  tumpukan.take({ type: 'appointment', data: { ...undone, versi: 6, status: 'sedang berlangsung' } });
  expect(words()).toEqual([]);
});

test('a guest to whom the desk calls again waits for an answer once more', async () => {
  sent.respond.mockResolvedValue(answered(1, jawab.lobi()));
  tumpukan.take({ type: 'alert', data: arrival(1) });
  tumpukan.hold();
  await tumpukan.jawab(only(), jawab.lobi());
  const diberi_tahu_pada = '2026-11-23T02:49:00Z';
  tumpukan.take({ type: 'alert', data: arrival(1, { versi: 3, diberi_tahu_pada }) });
  expect([only().jawaban.tahap, only().notifikasi.diberi_tahu_pada]).toEqual(['diam', diberi_tahu_pada]);
  expect(kabarTiba(only().notifikasi)).toBe(`${told.nama_tamu}: Meja depan memanggil lagi · 09.49`);
  tumpukan.release();
  vi.advanceTimersByTime(10_000);
  expect(tumpukan.kartu).toHaveLength(1);
});

test('a meeting begun from the card is no news, and one that cannot begin says why', async () => {
  sent.updateStatus.mockResolvedValueOnce(away);
  tumpukan.take({ type: 'alert', data: arrival(1) });
  await tumpukan.mulai(only());
  expect(only().gagal_mulai).toBe(away.failure);
  const begun: JanjiTemu = { ...left, id: 1, versi: 3, status: 'sedang berlangsung' };
  sent.updateStatus.mockImplementationOnce(() => {
    tumpukan.take({ type: 'appointment', data: begun });
    return Promise.resolve({ ok: true, data: begun });
  });
  tumpukan.take({ type: 'alert', data: arrival(1) });
  await tumpukan.mulai(only());
  expect(sent.updateStatus.mock.calls.at(-1)).toEqual([1, 'sedang berlangsung']);
  expect([tumpukan.kartu, words()]).toEqual([[], []]);
});
