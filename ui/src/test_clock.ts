/**
 * Stops the clock and fixes the time zone of every page test. A test sets another time with
 * `vi.useFakeTimers({ now })`; `vi.useRealTimers()` gives back this clock. Timers and `performance.now()`
 * go on, because they measure spans and know no date.
 */

/** A Monday morning at the school. */
export const NOW_MS = Date.parse('2026-11-23T02:41:00Z');

/** No school is there, and its offset is no whole hour, so a test that uses the PC's zone fails. */
export const ZONE = 'Pacific/Chatham';

process.env['TZ'] = ZONE;

const PcDate = Date;
const StillDate = new Proxy(PcDate, {
  construct: (target, parts: unknown[], made) =>
    Reflect.construct(target, parts.length > 0 ? parts : [NOW_MS], made) as Date,
  apply: () => new PcDate(NOW_MS).toString(),
  get: (target, name) => (name === 'now' ? () => NOW_MS : (Reflect.get(target, name) as unknown)),
});
globalThis.Date = StillDate;
PcDate.prototype.constructor = StillDate;

// Without a moment Intl asks the PC's clock by itself.
const intl = Intl.DateTimeFormat.prototype;
const parts = Object.getOwnPropertyDescriptor(intl, 'formatToParts')?.value as typeof intl.formatToParts;
intl.formatToParts = function (moment = NOW_MS) {
  return parts.call(this, moment);
};
const format = Object.getOwnPropertyDescriptor(intl, 'format');
Object.defineProperty(intl, 'format', {
  configurable: true,
  get(this: Intl.DateTimeFormat) {
    const own = format?.get?.call(this) as (moment: number | Date) => string;
    return (moment: number | Date = NOW_MS) => own(moment);
  },
});

Object.defineProperty(performance, 'timeOrigin', { value: NOW_MS });
