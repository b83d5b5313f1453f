import { expect, test } from 'vitest';
import { Inbox } from './inbox';
import type { JanjiTemu, Notifikasi } from './types';
import { eventOf } from '../test_answers';

const SARI = { pengguna: { id: 2 } };

const told = eventOf<{ data: Notifikasi }>('event-notification').data;

function arrival(id: number, versi: number, changes: Partial<Notifikasi> = {}): Notifikasi {
  return {
    ...told,
    id,
    id_janji_temu: id,
    id_pengguna: 2,
    waktu: `2026-11-23T02:0${id}:00Z`,
    versi,
    ...changes,
  };
}

test('an arrival alerts once, whatever was cut in between', () => {
  const inbox = new Inbox();
  expect(inbox.notification(arrival(1, 1))?.type).toBe('alert');
  expect(inbox.ready({ ...SARI, belum_dibaca: [arrival(1, 1), arrival(2, 1)] })).toEqual([
    { type: 'alert', data: arrival(2, 1) },
  ]);
  expect(inbox.notification(arrival(2, 2))?.type).toBe('changed');
  expect(inbox.unread().map(({ id }) => id)).toEqual([1, 2]);
});

test('what the desk asks for alerts again, once each time, and so does an arrival after one taken back', () => {
  const inbox = new Inbox();
  const again = (versi: number, diberi_tahu_pada: string): Notifikasi =>
    arrival(1, versi, { diberi_tahu_pada });
  inbox.notification(arrival(1, 1));
  inbox.notification(arrival(1, 2, { is_read: true }));
  expect(inbox.notification(again(3, '2026-11-23T02:05:00Z'))?.type).toBe('alert');
  expect(inbox.notification(again(4, '2026-11-23T02:05:00Z'))?.type).toBe('changed');
  expect(inbox.ready({ ...SARI, belum_dibaca: [again(5, '2026-11-23T02:06:00Z')] })).toHaveLength(1);
  expect(inbox.notification(arrival(1, 6, { dihapus: true }))).toEqual({ type: 'removed', id: 1 });
  expect(inbox.notification(arrival(1, 7, { waktu: '2026-11-23T02:09:00Z' }))?.type).toBe('alert');
});

test('of two copies the larger versi wins, in whatever order they come', () => {
  const inbox = new Inbox();
  inbox.notification(arrival(1, 5, { is_read: true }));
  expect(inbox.notification(arrival(1, 4))).toBeUndefined();
  expect(inbox.unread()).toEqual([]);
});

test('what was handled elsewhere goes, and another user starts from nothing', () => {
  const inbox = new Inbox();
  inbox.ready({ ...SARI, belum_dibaca: [arrival(1, 1), arrival(2, 1)] });
  expect(inbox.ready({ ...SARI, belum_dibaca: [arrival(2, 1)] })).toEqual([{ type: 'removed', id: 1 }]);
  const other = inbox.ready({ pengguna: { id: 9 }, belum_dibaca: [arrival(2, 1)] });
  expect(other.map(({ type }) => type)).toEqual(['removed', 'alert']);
});

test('a state in parts alerts for the newest and knows the rest', () => {
  const inbox = new Inbox();
  inbox.ready({ ...SARI, belum_dibaca: [arrival(1, 1), arrival(2, 1)] });
  const first = inbox.ready({ ...SARI, belum_dibaca: [arrival(6, 1)], sebagian: true });
  expect(first).toEqual([{ type: 'alert', data: arrival(6, 1) }]);
  expect(inbox.notification(arrival(7, 1))?.type).toBe('alert');
  expect(inbox.lanjutan({ belum_dibaca: [arrival(6, 1), arrival(5, 1)], sebagian: true })).toEqual([]);
  expect(inbox.lanjutan({ belum_dibaca: [arrival(1, 1)] })).toEqual([{ type: 'removed', id: 2 }]);
  expect(inbox.unread().map(({ id }) => id)).toEqual([1, 5, 6, 7]);
  expect(inbox.notification(arrival(5, 2))?.type).toBe('changed');
  expect(inbox.lanjutan({ belum_dibaca: [] })).toEqual([]);
  expect(inbox.unread()).toHaveLength(4);
});

test('an older copy of an appointment is no news', () => {
  const inbox = new Inbox();
  const { data } = eventOf<{ data: JanjiTemu }>('event-appointment');
  const row = (versi: number): JanjiTemu => ({ ...data, id: 7, versi });
  expect([3, 2, 3, 4].map((versi) => inbox.appointment(row(versi)))).toEqual([true, false, false, true]);
});
