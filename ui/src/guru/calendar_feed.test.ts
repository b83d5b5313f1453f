import { beforeEach, expect, test, vi } from 'vitest';

const sent = vi.hoisted(() => ({ getKalender: vi.fn(), renewKalender: vi.fn(), endKalender: vi.fn() }));
vi.mock('../api/kalender', () => sent);

import { failed, ok } from '../api/result';
import { CalendarFeed } from './calendar_feed.svelte';

const none = ok({ url: null, dibuat_pada: null, hanya_di_sekolah: false });
const kalender = (url: string) => ok({ url, dibuat_pada: '2026-11-23T02:41:00Z', hanya_di_sekolah: false });

beforeEach(() => {
  for (const mock of Object.values(sent)) mock.mockReset();
  sent.getKalender.mockResolvedValue(none);
});

test('a calendar address is made, renewed and switched off', async () => {
  const feed = new CalendarFeed();
  await feed.loading.load();
  expect(feed.kalender.url).toBeNull();
  sent.renewKalender.mockResolvedValueOnce(kalender('https://x.example/a.ics'));
  await feed.renew();
  sent.renewKalender.mockResolvedValueOnce(kalender('https://x.example/b.ics'));
  await feed.renew();
  expect(feed.kalender.url).toBe('https://x.example/b.ics');
  sent.endKalender.mockResolvedValueOnce(none);
  await feed.end();
  expect(feed.kalender.url).toBeNull();
});

test('an address that could not be ended is still shown', async () => {
  const feed = new CalendarFeed();
  sent.getKalender.mockResolvedValue(kalender('https://x.example/a.ics'));
  await feed.loading.load();
  sent.endKalender.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  await feed.end();
  expect([feed.kalender.url, feed.message !== '']).toEqual(['https://x.example/a.ics', true]);
});
