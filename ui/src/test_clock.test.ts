import { afterEach, expect, test, vi } from 'vitest';
import { isoDate } from './i18n/format';
import { clock } from './shared/clock.svelte';
import { NOW_MS, ZONE } from './test_clock';

afterEach(() => vi.useRealTimers());

/** Every way in which a page asks for the time. */
const asked = () => [
  Date.now(),
  new Date().getTime(),
  Date.parse(Date()),
  Date.parse(`${new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format()} UTC`),
  Number(
    new Intl.DateTimeFormat('en', { year: 'numeric' }).formatToParts().find(({ type }) => type === 'year')
      ?.value,
  ),
];

test('the clock stands still, for what was loaded before the test as well', () => {
  const second_ms = NOW_MS - (NOW_MS % 1000);
  const day_ms = Date.parse('2026-11-23T00:00:00Z');
  expect(asked()).toEqual([NOW_MS, NOW_MS, second_ms, day_ms, 2026]);
  expect([clock.now, isoDate(clock.now)]).toEqual([second_ms, '2026-11-23']);
});

test('a test that sets another time gives back this clock, not the PC’s', () => {
  vi.useFakeTimers({ now: Date.parse('2031-01-01T12:00:00Z') });
  expect([Date.now(), new Date().getUTCFullYear()]).toEqual([Date.parse('2031-01-01T12:00:00Z'), 2031]);
  vi.useRealTimers();
  expect(asked().slice(0, 2)).toEqual([NOW_MS, NOW_MS]);
});

test('a date is a date, whoever made it', () => {
  const made = structuredClone(new Date(0));
  expect([made instanceof Date, made.constructor === Date, new Date(2026, 0, 1) > made]).toEqual([
    true,
    true,
    true,
  ]);
  expect(new Date('2026-11-23')).toEqual(new Date(Date.UTC(2026, 10, 23)));
});

test('the zone is nobody’s', () => {
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(ZONE);
  expect([new Date(NOW_MS).getHours(), new Date(NOW_MS).getTimezoneOffset()]).toEqual([16, -(13 * 60 + 45)]);
});
