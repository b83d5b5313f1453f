/** Answers that came while another guest was on screen are shown one after the other. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JanjiTemu, Scan } from '../api/types';

vi.mock('../api/janji_temu', async () => (await import('./test_desk')).sent);
vi.mock('../api/client', async () => (await import('./test_desk')).nobody);

import { answer } from '../test_answers';
import { NOW_MS } from '../test_clock';
import { Kiosk } from './kiosk.svelte';
import { came, sent, TOKEN } from './test_desk';

let kiosk: Kiosk;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOW_MS });
  vi.resetAllMocks();
  sent.scan.mockResolvedValue(answer<Scan>('scan-datang'));
  kiosk = new Kiosk();
  kiosk.sound.volume = 'mati';
  for (const id of [71, 72]) kiosk.changed({ ...came, id });
  await kiosk.scan(TOKEN);
});
afterEach(() => {
  kiosk.stop();
  vi.useRealTimers();
});

function answered(id: number, changes: Partial<JanjiTemu> = {}): void {
  kiosk.changed({
    ...came,
    id,
    versi: came.versi + 1,
    tanggapan: 'x',
    tanggapan_jenis: 'ke_lobi',
    ...changes,
  });
}

test.each<[string, () => void]>([
  ['Esc', () => kiosk.goBack()],
  [
    'the book and Esc',
    () => {
      kiosk.openSearch();
      kiosk.goBack();
    },
  ],
  ['its countdown', () => vi.advanceTimersByTime(21_000)],
  ['another desk', () => kiosk.changed({ ...came, versi: came.versi + 1, status: 'belum' })],
])('a card that is closed by %s leads to every answer that waits', (_, close) => {
  answered(71);
  answered(72, { tanggapan_jenis: 'tidak_bisa' });
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: came.id });
  close();
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 71, reply: true });
  kiosk.goBack();
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 72, reply: true });
  kiosk.goBack();
  expect(kiosk.screen.jenis).toBe('siap');
});

test('an answer that was seen meanwhile, and one to a guest who has left, come up no more', () => {
  answered(71);
  answered(72);
  kiosk.stillWaiting(71);
  answered(72, { versi: came.versi + 2, status: 'selesai' });
  kiosk.goBack();
  expect(kiosk.screen.jenis).toBe('siap');
});

test('a form that was interrupted comes back after the answers', async () => {
  kiosk.openWalkIn();
  if (kiosk.langsung) kiosk.langsung.nama = 'Ani';
  await kiosk.scan(TOKEN);
  answered(71);
  kiosk.goBack();
  expect(kiosk.screen).toMatchObject({ jenis: 'datang', id: 71 });
  kiosk.goBack();
  expect(kiosk.langsung?.nama).toBe('Ani');
});

test('a desk that is closed shows no answer any more', () => {
  answered(71);
  kiosk.stop();
  expect(kiosk.screen.jenis).toBe('siap');
});
