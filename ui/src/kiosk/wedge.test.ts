import { describe, expect, test } from 'vitest';
import { shapeOf } from './code_shape';
import {
  HOLD_GAP_MS,
  MAX_GAP_MS,
  MAX_LENGTH,
  MIN_LENGTH,
  SUFFIX_MS,
  Wedge,
  type KeyPress,
  type Settled,
} from './wedge';
import { meantBy } from './wedge_window';

const CODE = 'CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY';
const URL = `HTTPS://BUKU.SEKOLAH.EXAMPLE/K/${CODE}`;
/** Nobody's code: what a stranger's picture holds. */
const FOREIGN = 'https://lain.example/menu1';

const char = (c: string, at_ms: number): KeyPress => ({ key: 'char', char: c, at_ms, in_field: true });
const end = (at_ms: number): KeyPress => ({ key: 'end', at_ms });

/** The text typed from `start_ms` on, one character every `gap_ms`. */
function burst(text: string, start_ms: number, gap_ms: number): KeyPress[] {
  return [...text].map((c, n) => char(c, start_ms + n * gap_ms));
}

/** The same, and Enter as late after the last. */
function keys(text: string, start_ms: number, gap_ms: number): KeyPress[] {
  return [...burst(text, start_ms, gap_ms), end(start_ms + text.length * gap_ms)];
}

/** Where no field has the focus. */
const nowhere = (presses: KeyPress[]) => presses.map((press) => ({ ...press, in_field: false }));

type Page = { typed: string; scans: string[] };

/** Presses these keys as a window does: what was typed into the page, and what was scanned. */
function play(presses: KeyPress[], wedge = new Wedge()): Page {
  const page: Page = { typed: '', scans: [] };
  const settle = ({ untype = 0, typed, scan }: Settled) => {
    page.typed = page.typed.slice(0, page.typed.length - untype) + typed;
    if (scan) page.scans.push(scan.text);
  };
  /** Every timer that is due by then. */
  const wait = (until_ms: number) => {
    for (let due = wedge.deadline(); due !== undefined && due <= until_ms; due = wedge.deadline()) {
      settle(wedge.tick(due));
    }
  };
  for (const press of presses) {
    wait(press.at_ms);
    const verdict = wedge.press(press);
    settle(verdict);
    if (!verdict.swallow && press.key === 'char') page.typed += press.char ?? '';
    if (!verdict.swallow && press.key === 'end') page.typed += '\n';
  }
  wait(Infinity);
  expect(wedge.deadline(), 'something is held for ever').toBeUndefined();
  return page;
}

test('before anybody has signed in a password that a program types is typing, and a guest’s code is none', () => {
  const closed = () => new Wedge(() => true);
  const password = 'papan tulis empat puluh dua, dan satu lagi yang lebih panjang';
  expect(play(keys(password, 1000, 5), closed())).toEqual({ typed: `${password}\n`, scans: [] });
  expect(play(burst(CODE.slice(0, 30), 1000, 5), closed())).toEqual({ typed: CODE.slice(0, 30), scans: [] });
  expect(play(keys(CODE, 1000, 5), closed())).toEqual({ typed: '', scans: [CODE] });
  expect(play(burst(CODE, 1000, 60), closed())).toEqual({ typed: '', scans: [CODE] });
});

describe('a code', () => {
  const gaps_ms = [0, 2, 15, HOLD_GAP_MS, 60, 100, MAX_GAP_MS];
  const suffixes: [string, (at_ms: number, last_ms: number) => KeyPress[]][] = [
    ['nothing', () => []],
    ['Enter', (at_ms) => [end(at_ms)]],
    ['Tab then Enter', (at_ms) => [end(at_ms), end(at_ms + 5)]],
    ['Enter after a pause', (_, last_ms) => [end(last_ms + MAX_GAP_MS + 20)]],
    ['an arrow', (at_ms) => [{ key: 'other', at_ms }]],
  ];
  const every = gaps_ms.flatMap((gap_ms) => suffixes.map(([name, keys]) => [gap_ms, name, keys] as const));

  test.each(every)('at one character every %i ms, ended by %s, types nothing', (gap_ms, _, suffix) => {
    for (const text of [CODE, URL, CODE.toLowerCase(), `]Q1${CODE}`]) {
      const presses = burst(text, 1000, gap_ms);
      const last_ms = presses.at(-1)?.at_ms ?? 0;
      const all = [...presses, ...suffix(last_ms + Math.min(gap_ms, 100), last_ms)];
      expect(play(all)).toEqual({ typed: '', scans: [text] });
      expect(play(nowhere(all))).toEqual({ typed: '', scans: [text] });
    }
  });

  test('leaves whole what a person was typing, up to its first letter', () => {
    for (const gap_ms of [4, 60, 100]) {
      const person = burst('Ibu Siti', 0, 120);
      const start_ms = (person.at(-1)?.at_ms ?? 0) + 130;
      const scanned = burst(URL, start_ms, gap_ms);
      const after_ms = (scanned.at(-1)?.at_ms ?? 0) + 1000;
      expect(play([...person, ...scanned, char('!', after_ms)])).toEqual({
        typed: 'Ibu Siti!',
        scans: [URL],
      });
    }
  });

  test('with one late key in the middle is whole all the same', () => {
    for (const at of [1, 5, 20, 46]) {
      const late = keys(CODE, 0, 4).map((press, n) => ({
        ...press,
        at_ms: press.at_ms + (n >= at ? 90 : 0),
      }));
      expect(play(late)).toEqual({ typed: '', scans: [CODE] });
    }
  });

  test('after another one is another one, whatever ends them', () => {
    const other = `CAAQ${CODE.slice(4).replace(/G/g, '7')}`;
    expect(play([...burst(CODE, 0, 3), ...burst(other, 400, 3)]).scans).toEqual([CODE, other]);
    expect(play([...keys(CODE, 0, 3), ...keys(other, 160, 3)]).scans).toEqual([CODE, other]);
  });

  test('keeps from the page only what ends it', () => {
    const last_ms = 46 * 4;
    const late = [...burst(CODE, 0, 4), end(last_ms + MAX_GAP_MS + SUFFIX_MS + 1)];
    expect(play(late)).toEqual({ typed: '\n', scans: [CODE] });
    const three = [...burst(CODE, 0, 4), ...[5, 10, 15].map((ms) => end(last_ms + ms))];
    expect(play(three)).toEqual({ typed: '\n', scans: [CODE] });
  });
});

describe('half a code', () => {
  test.each([10, 30, 46])('of %i letters says so and types nothing', (letters) => {
    const half = `HTTPS://BUKU.EXAMPLE/K/${CODE.slice(0, letters)}`;
    for (const ended of [keys(half, 0, 5), burst(half, 0, 5)]) {
      const { typed, scans } = play(ended);
      expect([typed, scans.map(shapeOf)]).toEqual(['', ['terpotong']]);
    }
  });

  test('typed slowly says so where nobody types, and is typing in a field', () => {
    const half = CODE.slice(0, 30);
    expect(play(nowhere(burst(half, 0, 60)))).toEqual({ typed: half.slice(0, 0), scans: [half] });
    expect(play(burst(half, 0, 60))).toEqual({ typed: half, scans: [] });
  });
});

describe('a scan', () => {
  test.each([0, 2, 15, HOLD_GAP_MS])(
    'of a stranger’s code at one character every %i ms types nothing',
    (gap_ms) => {
      expect(play(keys(FOREIGN, 1000, gap_ms))).toEqual({ typed: '', scans: [FOREIGN] });
    },
  );

  test('at any speed is one where nobody types', () => {
    for (const gap_ms of [60, 100, MAX_GAP_MS]) {
      expect(play(nowhere(keys(FOREIGN, 1000, gap_ms)))).toEqual({ typed: '', scans: [FOREIGN] });
    }
  });

  test('may have Shift between its characters', () => {
    for (const gap_ms of [4, 60]) {
      const shifted = keys(CODE, 0, gap_ms).flatMap((press) => [
        { key: 'modifier' as const, at_ms: press.at_ms },
        press,
      ]);
      expect(play(shifted)).toEqual({ typed: '', scans: [CODE] });
    }
  });

  test('with Caps Lock on is turned back; typing is left alone', () => {
    const locked = (presses: KeyPress[]) => presses.map((press) => ({ ...press, caps_lock: true }));
    expect(play(locked(keys(CODE.toLowerCase(), 0, 4)))).toEqual({ typed: '', scans: [CODE] });
    expect(play(locked(burst(URL.toLowerCase(), 0, 60)))).toEqual({ typed: '', scans: [URL] });
    expect(play(locked(keys('bUDI sANTOSO', 0, 100)))).toEqual({ typed: 'bUDI sANTOSO\n', scans: [] });
  });

  test('may end a little late', () => {
    const last_ms = (FOREIGN.length - 1) * 4;
    const ended = (after_ms: number) => [...burst(FOREIGN, 0, 4), end(last_ms + after_ms)];
    expect(play(ended(MAX_GAP_MS)).scans).toEqual([FOREIGN]);
    expect(play(ended(MAX_GAP_MS + 1))).toEqual({ typed: `${FOREIGN}\n`, scans: [] });
  });

  test('on another layout is also told as the scanner meant it', () => {
    const swapped = (text: string) => text.replace(/[YZ]/g, (c) => (c === 'Y' ? 'Z' : 'Y'));
    const scanned = (gap_ms: number, suffix: boolean) => {
      const wedge = new Wedge();
      const presses = burst(swapped(CODE), 0, gap_ms).map((press, n) => ({ ...press, meant: CODE[n] ?? '' }));
      presses.forEach((press) => wedge.press(press));
      return suffix ? wedge.press(end(presses.length * gap_ms)).scan : wedge.tick(Infinity).scan;
    };
    expect(scanned(4, true)).toEqual({ text: swapped(CODE), meant: CODE });
    expect(scanned(60, false)).toEqual({ text: swapped(CODE), meant: CODE });
  });

  test('on a layout with other digits is known by what the scanner meant', () => {
    const french = Array.from('&é"\'(-è');
    const typed = CODE.replace(/[1-7]/g, (digit) => french[Number(digit) - 1] ?? '');
    const presses = [...typed].map((c, n) => ({ ...char(c, n * 60), meant: CODE[n] ?? '' }));
    expect(play(presses)).toEqual({ typed: '', scans: [typed] });
  });
});

describe('typing', () => {
  test.each([MAX_GAP_MS + 1, 80, 2000])('at one key every %i ms loses nothing', (gap_ms) => {
    for (const text of [
      'Raden Ajeng Siti Nurhaliza',
      '081210000020',
      'budi.santoso@sekolah.example',
      FOREIGN,
    ]) {
      expect(play(keys(text, 1000, gap_ms))).toEqual({ typed: `${text}\n`, scans: [] });
    }
  });

  test('at a machine’s speed is a burst of words without an end', () => {
    expect(play(burst(FOREIGN, 1000, 5))).toEqual({ typed: FOREIGN, scans: [] });
    expect(play(burst('Raden Ajeng Siti', 1000, 5))).toEqual({ typed: 'Raden Ajeng Siti', scans: [] });
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

  test('is a single space, which presses what has the focus', () => {
    const wedge = new Wedge();
    wedge.press({ key: 'char', char: ' ', at_ms: 0 });
    expect(wedge.tick(HOLD_GAP_MS + 1)).toEqual({ typed: ' ', alone: true });
    burst('MENU HARI', 1000, 100).forEach((press) => {
      const { typed, alone } = wedge.press(press);
      expect(typed === ' ' && alone).toBeFalsy();
    });
  });

  test('is what another key breaks', () => {
    const broken = keys(FOREIGN, 0, 4);
    broken.splice(8, 0, { key: 'other', at_ms: 32 });
    expect(play(broken)).toEqual({ typed: FOREIGN.slice(0, 8), scans: [FOREIGN.slice(8)] });
  });

  test('is an over-long burst to its end', () => {
    const long = 'AB'.repeat(MAX_LENGTH);
    expect(play([...keys(long, 0, 1), ...keys(CODE, 90_000, 1)])).toEqual({
      typed: `${long}\n`,
      scans: [CODE],
    });
  });

  test('survives a clock that goes backwards', () => {
    const back = keys(FOREIGN, 10_000, 4);
    back[8] = char(FOREIGN[8] ?? '', 50);
    const page = play(back);
    expect(page.typed + page.scans.join('')).toBe(FOREIGN);
  });
});

describe('whatever is pressed', () => {
  /** Numbers below `n`, the same in every run. */
  function dice(seed: number): (n: number) => number {
    let state = seed;
    return (n) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
  }
  /** Runs it with many rolls, and says with which one it failed. */
  function always(holds: (roll: (n: number) => number) => void): void {
    for (let seed = 1; seed <= 300; seed += 1) {
      try {
        holds(dice(seed));
      } catch (error) {
        throw new Error(`with seed ${seed}`, { cause: error });
      }
    }
  }

  function anyKeys(roll: (n: number) => number, gap_ms: () => number): KeyPress[] {
    let at_ms = 0;
    return Array.from({ length: 1 + roll(150) }, () => {
      at_ms += gap_ms();
      const in_field = roll(40) > 0;
      const kind = roll(15);
      if (kind === 0) return end(at_ms);
      if (kind === 1) return { key: 'modifier', at_ms };
      if (kind === 2) return { key: 'other', at_ms };
      return {
        key: 'char',
        char: String.fromCharCode(32 + roll(94)),
        at_ms,
        in_field,
        repeat: roll(50) === 0,
      };
    });
  }

  test('nothing is lost or doubled', () =>
    always((roll) => {
      const slow = roll(4) === 0;
      const presses = anyKeys(roll, () => roll(slow ? 300 : 60));
      const wedge = new Wedge();
      let [seen, pressed] = ['', ''];
      const settle = ({ untype = 0, typed, scan }: Settled) => {
        const taken = seen.slice(seen.length - untype);
        if (untype) expect(scan?.text.startsWith(taken), 'what is taken out is scanned').toBe(true);
        seen = seen.slice(0, seen.length - untype) + typed + (scan?.text ?? '');
      };
      for (const press of presses) {
        settle(wedge.tick(press.at_ms));
        const verdict = wedge.press(press);
        settle(verdict);
        if (press.key !== 'char') continue;
        pressed += press.char ?? '';
        if (!verdict.swallow) seen += press.char ?? '';
      }
      settle(wedge.tick(Infinity));
      settle(wedge.press({ key: 'other', at_ms: Infinity }));
      expect(seen).toBe(pressed);
    }));

  test('a person in a field is never a scanner', () =>
    always((roll) => {
      const presses = anyKeys(roll, () => HOLD_GAP_MS + 1 + roll(300));
      expect(play(presses.map((press) => ({ ...press, in_field: true }))).scans).toEqual([]);
    }));

  test('a code is a scan at any rhythm, and what was typed before it stays', () =>
    always((roll) => {
      const before = anyKeys(roll, () => HOLD_GAP_MS + 1 + roll(300)).map((press) => ({
        ...press,
        in_field: true,
      }));
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
      const code = `CA${Array.from({ length: 44 }, () => letters[roll(32)]).join('')}${'AIQY'[roll(4)]}`;
      let at_ms = (before.at(-1)?.at_ms ?? 0) + MAX_GAP_MS + 1;
      const scanned = [...code].map((c) => char(c, (at_ms += roll(MAX_GAP_MS + 1))));
      const suffix = roll(2) === 0 ? [end(at_ms + roll(MAX_GAP_MS + 1))] : [];
      const page = play([...before, ...scanned, ...suffix]);
      expect(page).toEqual({ typed: play(before).typed, scans: [code] });
    }));
});

test('keys of a US keyboard', () => {
  expect(meantBy('KeyZ', true)).toBe('Z');
  expect(meantBy('Digit2', false)).toBe('2');
  expect(meantBy('Semicolon', true)).toBe(':');
  expect(meantBy('F5', false)).toBeUndefined();
});
