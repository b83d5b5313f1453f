import { describe, expect, test } from 'vitest';
import {
  CODE_LENGTH,
  MAX_ENTER_GAP_MS,
  MAX_GAP_MS,
  MAX_LENGTH,
  MIN_LENGTH,
  Wedge,
  type KeyPress,
} from './wedge';
import { meantBy } from './wedge_window';

const CODE = 'JANJI234TEMU567ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const char = (c: string, at_ms: number): KeyPress => ({ key: 'char', char: c, at_ms });
const enter = (at_ms: number): KeyPress => ({ key: 'enter', at_ms });

/** The text typed from `start_ms` on, one character every `gap_ms`, and Enter as late after the last. */
function keys(text: string, start_ms: number, gap_ms: number): KeyPress[] {
  const typed = [...text].map((c, n) => char(c, start_ms + n * gap_ms));
  return [...typed, enter(start_ms + text.length * gap_ms)];
}

/** Presses these keys as a window does: what was typed into the page, and what was scanned. */
function play(presses: KeyPress[], wedge = new Wedge()): { typed: string; scans: string[] } {
  const page = { typed: '', scans: [] as string[] };
  for (const press of presses) {
    const deadline = wedge.deadline();
    if (deadline !== undefined && deadline <= press.at_ms) page.typed += wedge.tick(deadline);
    const verdict = wedge.press(press);
    page.typed += verdict.typed;
    if (verdict.scan) page.scans.push(verdict.scan.text);
    if (!verdict.swallow && press.key === 'char') page.typed += press.char ?? '';
    if (!verdict.swallow && press.key === 'enter') page.typed += '\n';
  }
  page.typed += wedge.tick(Infinity);
  expect(wedge.deadline(), 'something is held for ever').toBeUndefined();
  return page;
}

test('before anybody has signed in a password that a program types is typing, and a guest’s code is none', () => {
  const closed = () => new Wedge(() => CODE_LENGTH);
  expect(play(keys('papan tulis empat puluh dua', 1000, 5), closed())).toEqual({
    typed: 'papan tulis empat puluh dua\n',
    scans: [],
  });
  expect(play(keys(CODE, 1000, 5), closed())).toEqual({ typed: '', scans: [CODE] });
});

describe('a scan', () => {
  test.each([0, 2, 15, MAX_GAP_MS])('at one character every %i ms types nothing', (gap_ms) => {
    expect(play(keys(CODE, 1000, gap_ms))).toEqual({ typed: '', scans: [CODE] });
  });

  test('in the middle of typing leaves the typing whole', () => {
    const person = Array.from('Ibu Siti', (c, n) => char(c, n * 120));
    const presses = [...person, ...keys(CODE, 2000, 4), char('!', 9000)];
    expect(play(presses)).toEqual({ typed: 'Ibu Siti!', scans: [CODE] });
  });

  test('after a scan is another one', () => {
    const other = 'LAIN23LAIN45LAIN67';
    expect(play([...keys(CODE, 0, 3), ...keys(other, 300, 3)]).scans).toEqual([CODE, other]);
  });

  test('may have Shift between its characters', () => {
    const shifted = keys(CODE, 0, 4).flatMap((press) => [
      { key: 'modifier' as const, at_ms: press.at_ms },
      press,
    ]);
    expect(play(shifted)).toEqual({ typed: '', scans: [CODE] });
  });

  test('with Caps Lock on is turned back; typing is left alone', () => {
    const locked = (gap_ms: number) =>
      keys(CODE.toLowerCase(), 0, gap_ms).map((p) => ({ ...p, caps_lock: true }));
    expect(play(locked(4))).toEqual({ typed: '', scans: [CODE] });
    expect(play(locked(100))).toEqual({ typed: `${CODE.toLowerCase()}\n`, scans: [] });
  });

  test('may end a little late', () => {
    const late = keys(CODE, 0, 4);
    const last_ms = (CODE.length - 1) * 4;
    late[CODE.length] = enter(last_ms + MAX_ENTER_GAP_MS);
    expect(play(late).scans).toEqual([CODE]);
    late[CODE.length] = enter(last_ms + MAX_ENTER_GAP_MS + 1);
    expect(play(late)).toEqual({ typed: `${CODE}\n`, scans: [] });
  });

  test('on another layout is also told as the scanner meant it', () => {
    const wedge = new Wedge();
    const code = 'YZ2345YZ2345';
    const german = Array.from(code, (c) => (c === 'Y' ? 'Z' : c === 'Z' ? 'Y' : c));
    german.forEach((c, n) => wedge.press({ ...char(c, n), meant: code[n] ?? '' }));
    expect(wedge.press(enter(12)).scan).toEqual({ text: german.join(''), meant: code });
  });
});

describe('typing', () => {
  test.each([MAX_GAP_MS + 1, 80, 2000])('at one key every %i ms loses nothing', (gap_ms) => {
    expect(play(keys(CODE, 1000, gap_ms))).toEqual({ typed: `${CODE}\n`, scans: [] });
  });

  test('is a burst without Enter', () => {
    expect(play(keys(CODE, 1000, 5).slice(0, -1))).toEqual({ typed: CODE, scans: [] });
  });

  test('is a short burst', () => {
    const short = CODE.slice(0, MIN_LENGTH - 1);
    expect(play(keys(short, 0, 5))).toEqual({ typed: `${short}\n`, scans: [] });
  });

  test('is a key held down, told as such or not', () => {
    const held = keys('a'.repeat(40), 0, 30);
    expect(play(held).scans).toEqual([]);
    expect(play(held.map((p, n) => ({ ...p, repeat: n > 0 && p.key === 'char' }))).typed).toBe(
      `${'a'.repeat(40)}\n`,
    );
  });

  test('is what another key breaks', () => {
    const burst = keys(CODE, 0, 4);
    burst.splice(20, 0, { key: 'other', at_ms: 80 });
    expect(play(burst)).toEqual({ typed: CODE.slice(0, 20), scans: [CODE.slice(20)] });
  });

  test('is an over-long burst to its end', () => {
    const long = 'AB'.repeat(MAX_LENGTH);
    expect(play([...keys(long, 0, 1), ...keys(CODE, 90_000, 1)])).toEqual({
      typed: `${long}\n`,
      scans: [CODE],
    });
  });

  test('survives a clock that goes backwards', () => {
    const burst = keys(CODE, 10_000, 4);
    burst[30] = char(CODE[30] ?? '', 50);
    const page = play(burst);
    expect(page.typed + page.scans.join('')).toBe(CODE);
  });
});

test('keys of a US keyboard', () => {
  expect(meantBy('KeyZ', true)).toBe('Z');
  expect(meantBy('Digit2', false)).toBe('2');
  expect(meantBy('Semicolon', true)).toBe(':');
  expect(meantBy('F5', false)).toBeUndefined();
});
