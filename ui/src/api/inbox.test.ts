import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Inbox, type InboxChange } from './inbox';
import type { JanjiTemu, Notifikasi } from './types';
import { eventOf } from '../test_answers';

/** A notification as the cases tell it. Times are seconds; without `waktu` it is the id. */
type Row = {
  id: number;
  versi: number;
  is_read?: boolean;
  dihapus?: boolean;
  waktu?: number;
  diberi_tahu?: number;
};
type Step = {
  ready?: Row[];
  lanjutan?: Row[];
  notification?: Row;
  /** More parts of the state follow. */
  sebagian?: boolean;
  guru?: number;
  changes: [type: InboxChange['type'], id: number][];
};
type Case = { what: string; steps: Step[]; unread: number[] };
const cases = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/inbox.json', import.meta.url), 'utf8'),
) as Case[];

const told = eventOf<{ data: Notifikasi }>('event-notification').data;
const moment = (seconds: number) => new Date(seconds * 1000).toISOString();

function notifikasi({
  id,
  versi,
  is_read = false,
  dihapus = false,
  waktu = id,
  diberi_tahu,
}: Row): Notifikasi {
  const again = diberi_tahu === undefined ? {} : { diberi_tahu_pada: moment(diberi_tahu) };
  return { ...told, ...again, id, id_janji_temu: id, versi, is_read, dihapus, waktu: moment(waktu) };
}

function take(
  inbox: Inbox,
  { ready, lanjutan, notification, sebagian = false, guru = 1 }: Step,
): InboxChange[] {
  const belum_dibaca = (ready ?? lanjutan ?? []).map(notifikasi);
  if (ready) return inbox.ready({ pengguna: { id: guru }, belum_dibaca, sebagian });
  if (lanjutan) return inbox.lanjutan({ belum_dibaca, sebagian });
  const change = notification && inbox.notification(notifikasi(notification));
  return change ? [change] : [];
}

test.each(cases)('as the shared cases say: $what', ({ steps, unread }) => {
  const inbox = new Inbox();
  for (const step of steps) {
    const changes = take(inbox, step).map((change) => [
      change.type,
      change.type === 'removed' ? change.id : change.data.id,
    ]);
    expect(changes, JSON.stringify(step)).toEqual(step.changes);
  }
  expect(inbox.unread().map(({ id }) => id)).toEqual(unread);
});

test('an older copy of an appointment is no news', () => {
  const inbox = new Inbox();
  const { data } = eventOf<{ data: JanjiTemu }>('event-appointment');
  const row = (versi: number): JanjiTemu => ({ ...data, id: 7, versi });
  expect([3, 2, 3, 4].map((versi) => inbox.appointment(row(versi)))).toEqual([true, false, false, true]);
});
