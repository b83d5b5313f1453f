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

import { replies, type ReplyBody } from './reply.svelte';
import { bodyOf, eventOf } from '../test_answers';
import { arrivalText } from '../i18n/arrivals';
import { deskNewsText } from '../i18n/desk_news';
import { CardStack } from './card_stack.svelte';

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
const answered = (id: number, body: ReplyBody | null): Result<Notifikasi> => ({
  ok: true,
  data: arrival(id, { ...(body ?? { tanggapan: null }), is_read: true, versi: 2 }),
});

let stack: CardStack;
const words = () => stack.desk_news.list.map((item) => deskNewsText(item));
const only = () => {
  const [card] = stack.cards;
  if (!card) throw new Error('there is no card');
  return card;
};

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T02:45:00Z') });
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getJanjiTemu.mockResolvedValue(away);
  stack = new CardStack();
});
afterEach(() => {
  stack.clear();
  vi.useRealTimers();
});

test('guests stack, who has waited longest on top, each once', () => {
  stack.take({ type: 'alert', data: arrival(2) });
  stack.take({ type: 'alert', data: arrival(1) });
  stack.take({ type: 'alert', data: arrival(1) });
  expect(stack.cards.map((card) => card.id)).toEqual([1, 2]);
});

test('one press answers; the card stays a moment for taking it back, then goes', async () => {
  sent.respond.mockResolvedValue(answered(1, replies.lobi()));
  stack.take({ type: 'alert', data: arrival(1) });
  await stack.sendReply(only(), replies.lobi());
  // The event of one's own answer takes nothing away.
  stack.take({ type: 'changed', data: arrival(1, { is_read: true, ...replies.lobi(), versi: 2 }) });
  expect(only().reply.phase).toBe('terkirim');
  vi.advanceTimersByTime(4100);
  expect(stack.cards).toEqual([]);
});

test('a card under the pointer does not go away before the hand has rested', async () => {
  sent.respond.mockResolvedValue(answered(1, replies.lobi()));
  stack.take({ type: 'alert', data: arrival(1) });
  stack.hold();
  await stack.sendReply(only(), replies.lobi());
  vi.advanceTimersByTime(7900);
  stack.hold();
  vi.advanceTimersByTime(7900);
  expect(stack.cards).toHaveLength(1);
  vi.advanceTimersByTime(100 + 4100);
  expect(stack.cards).toEqual([]);
});

test('a card goes soon after the hand is taken away', async () => {
  sent.respond.mockResolvedValue(answered(1, replies.lobi()));
  stack.take({ type: 'alert', data: arrival(1) });
  stack.hold();
  await stack.sendReply(only(), replies.lobi());
  stack.release();
  vi.advanceTimersByTime(4100);
  expect(stack.cards).toEqual([]);
});

test('an answer taken back leaves the guest waiting for another one', async () => {
  sent.respond.mockResolvedValueOnce(answered(1, replies.lobi())).mockResolvedValueOnce(answered(1, null));
  stack.take({ type: 'alert', data: arrival(1) });
  await stack.sendReply(only(), replies.lobi());
  await stack.takeBack(only());
  stack.take({ type: 'changed', data: arrival(1, { is_read: true, versi: 3 }) });
  vi.advanceTimersByTime(10_000);
  expect(only().reply.phase).toBe('diam');
  expect(sent.respond.mock.calls.at(-1)).toEqual([1, null]);
});

test('an answer that cannot go out says so and is tried again by itself', async () => {
  sent.respond.mockResolvedValueOnce(away).mockResolvedValueOnce(answered(1, replies.sebentar(5)));
  stack.take({ type: 'alert', data: arrival(1) });
  await stack.sendReply(only(), replies.sebentar(5));
  expect(only().reply.phase).toBe('gagal');
  expect(only().reply.retry_at).toBe(Date.now() + 5000);
  await vi.advanceTimersByTimeAsync(5000);
  expect(only().reply.phase).toBe('terkirim');
});

test('a card goes where another screen answered, or the guest has left', () => {
  stack.take({ type: 'alert', data: arrival(1) });
  stack.take({ type: 'alert', data: arrival(2) });
  stack.take({ type: 'changed', data: arrival(1, { is_read: true, versi: 2 }) });
  expect(stack.cards.map((card) => card.id)).toEqual([2]);
  stack.take({ type: 'appointment', data: { ...left, id: 2, versi: 3 } });
  expect(stack.cards).toEqual([]);
});

test('what is unread from days ago is no card', () => {
  stack.take({ type: 'alert', data: arrival(1, { status: 'selesai' }) });
  expect(stack.cards).toEqual([]);
});

test('who is answered keeps the place until hand and time are gone, and is counted no more', async () => {
  sent.respond.mockResolvedValue(answered(1, replies.lobi()));
  for (const id of [1, 2, 3]) stack.take({ type: 'alert', data: arrival(id) });
  const order = () => stack.cards.map((card) => card.id);
  stack.hold();
  await stack.sendReply(only(), replies.lobi());
  vi.advanceTimersByTime(5000);
  expect(order()).toEqual([1, 2, 3]);
  stack.release();
  expect(order()).toEqual([1, 2, 3]);
  expect(stack.cards.filter((card) => card.menunggu)).toHaveLength(2);
  vi.advanceTimersByTime(4100);
  expect(order()).toEqual([2, 3]);
});

test('a guest who is let go at the desk goes with a word', () => {
  stack.take({ type: 'alert', data: arrival(1) });
  // The notification tells it first, without a time.
  stack.take({ type: 'changed', data: arrival(1, { status: 'selesai', versi: 2 }) });
  expect(stack.cards).toEqual([]);
  expect(words()).toEqual([`${told.nama_tamu} sudah pulang · dicatat di meja`]);

  stack.take({ type: 'alert', data: arrival(2) });
  stack.take({
    type: 'appointment',
    data: { ...left, id: 2, versi: 3, atas_nama: 'Rina', waktu_selesai: '2026-11-23T02:40:00Z' },
  });
  expect(words()[0]).toBe('Rina sudah pulang 09.40 · dicatat di meja');
  stack.take({ type: 'alert', data: arrival(3) });
  stack.take({
    type: 'appointment',
    data: { ...left, id: 3, versi: 3, atas_nama: 'Togi', status: 'belum' },
  });
  expect(words()[0]).toBe('Kedatangan Togi dibatalkan di meja');
  vi.advanceTimersByTime(31_000);
  expect(words()).toEqual([]);
});

test('news that a newer event of the same visit contradicts goes away', () => {
  const undone: JanjiTemu = { ...left, id: 1, versi: 3, atas_nama: 'Togi', status: 'belum' };
  stack.take({ type: 'alert', data: arrival(1) });
  stack.take({ type: 'appointment', data: undone });
  expect(words()).toEqual(['Kedatangan Togi dibatalkan di meja']);
  // An older copy says nothing new.
  stack.take({ type: 'changed', data: arrival(1, { versi: 2 }) });
  expect(words()).toHaveLength(1);
  stack.take({ type: 'alert', data: arrival(1, { versi: 4 }) });
  expect(words()).toEqual([]);
  stack.take({ type: 'appointment', data: { ...undone, versi: 5, status: 'selesai' } });
  stack.take({ type: 'appointment', data: { ...undone, versi: 6, status: 'sedang berlangsung' } });
  expect(words()).toEqual([]);
});

test('a guest to whom the desk calls again waits for an answer once more', async () => {
  sent.respond.mockResolvedValue(answered(1, replies.lobi()));
  stack.take({ type: 'alert', data: arrival(1) });
  stack.hold();
  await stack.sendReply(only(), replies.lobi());
  const diberi_tahu_pada = '2026-11-23T02:49:00Z';
  stack.take({ type: 'alert', data: arrival(1, { versi: 3, diberi_tahu_pada }) });
  expect([only().reply.phase, only().notifikasi.diberi_tahu_pada]).toEqual(['diam', diberi_tahu_pada]);
  expect(arrivalText(only().notifikasi)).toBe(`${told.nama_tamu}: Meja depan memanggil lagi · 09.49`);
  stack.release();
  vi.advanceTimersByTime(10_000);
  expect(stack.cards).toHaveLength(1);
});

test('a meeting begun from the card is no news, and one that cannot begin says why', async () => {
  sent.updateStatus.mockResolvedValueOnce(away);
  stack.take({ type: 'alert', data: arrival(1) });
  await stack.beginMeeting(only());
  expect(only().start_failure).toBe(away.failure);
  const begun: JanjiTemu = { ...left, id: 1, versi: 3, status: 'sedang berlangsung' };
  sent.updateStatus.mockImplementationOnce(() => {
    stack.take({ type: 'appointment', data: begun });
    return Promise.resolve({ ok: true, data: begun });
  });
  stack.take({ type: 'alert', data: arrival(1) });
  await stack.beginMeeting(only());
  expect(sent.updateStatus.mock.calls.at(-1)).toEqual([1, 'sedang berlangsung']);
  expect([stack.cards, words()]).toEqual([[], []]);
});
