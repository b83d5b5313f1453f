/**
 * Tells a scanner that types like a keyboard from a person who does. Pure: keys and times in, verdicts out.
 *
 * Keys that follow each other within `MAX_GAP_MS` are a burst. A burst is a scan
 * - if it ends in a guest's code, at its first pause or at the key that ends it, at any speed;
 * - if it came at a machine's speed (`HOLD_GAP_MS`), has `MIN_LENGTH` characters, and is ended by a key or is half of a
 *   code. If no field has the focus nobody types, so any speed is a machine's.
 *
 * Everything else is typing. Characters are held for `HOLD_GAP_MS` at most, then given back in order. If a slow
 * scanner's code becomes known after a part was given back, that part is taken out again (`untype`). Keys that scanners
 * send after a code never reach the page.
 */
import { codeTail, shapeOf } from './code_shape';

/** Scanners at their factory settings type every 2 to 30 ms, and nobody types 20 keys a second. */
export const HOLD_GAP_MS = 50;
/** A slow scanner's longest gap, and the pause that ends a code which nothing else ends. */
export const MAX_GAP_MS = 150;
/** The fastest roll over a keyboard has fewer. */
export const MIN_LENGTH = 12;
export const MAX_LENGTH = 4096;
/** The keys that end a scan come within this time. */
export const SUFFIX_MS = 200;
const SUFFIX_KEYS = 2;

export type KeyPress = {
  /** `char`: types `char`. `end`: Enter, Tab, a line feed. `modifier`: Shift, Caps Lock, AltGr. `other`: the rest. */
  key: 'char' | 'end' | 'modifier' | 'other';
  char?: string;
  /** What a scanner with a US keyboard meant by this key. */
  meant?: string;
  /** By any clock, in milliseconds. */
  at_ms: number;
  repeat?: boolean;
  caps_lock?: boolean;
  /** Characters land in a field that has the focus. */
  in_field?: boolean;
};

export type WedgeScan = {
  text: string;
  /** The same keys on a US keyboard. */
  meant: string;
};

/** What became of earlier keys, in this order: take out, insert, hand on. */
export type Settled = {
  /** How many of the last given-back characters belong to the scan and must be taken out. */
  untype?: number;
  /** Characters held earlier that were typing after all. */
  typed: string;
  /** They are all that was typed in a while. */
  alone?: boolean;
  scan?: WedgeScan;
};

type Verdict = Settled & {
  /** Keep this key from the page. */
  swallow: boolean;
};

type Pressed = { char: string; meant: string };

export class Wedge {
  #burst: Pressed[] = [];
  /** How many of the burst's characters the page already has. */
  #given = 0;
  #in_field = false;
  #last_ms = 0;
  #caps_lock = false;
  /** The burst grew too long, so it passes as typing up to its end. */
  #passing = false;
  #suffix_until_ms = -Infinity;
  #suffix_keys = 0;

  /** `only_codes`: a password that a program types is no scan, a guest's code is. */
  constructor(private readonly only_codes: () => boolean = () => false) {}

  press(press: KeyPress): Verdict {
    if (press.key === 'modifier') return { typed: '', swallow: false };
    if (press.key === 'char' && !press.repeat) return this.#character(press);
    const gap_ms = press.at_ms - this.#last_ms;
    if (!press.repeat && this.#burst.length === 0 && this.#isSuffix(press)) {
      this.#suffix_keys -= 1;
      return { typed: '', swallow: true };
    }
    const follows = !press.repeat && gap_ms >= 0 && gap_ms <= MAX_GAP_MS;
    const ended = follows && press.key === 'end';
    // A key right after a whole code was sent by the scanner.
    const swallows = ended || (follows && this.#tail() > 0);
    const settled = this.#settle(ended, press.at_ms);
    return { ...settled, swallow: swallows && settled.scan !== undefined };
  }

  /** Settles held keys that waited too long. */
  tick(now_ms: number): Settled {
    const deadline = this.deadline();
    if (deadline === undefined || now_ms < deadline) return { typed: '' };
    if (now_ms > this.#last_ms + MAX_GAP_MS) return this.#settle(false, this.#last_ms);
    return this.#giveBack();
  }

  /** Some keys are neither typed nor scanned yet. */
  get holds(): boolean {
    return this.#given < this.#burst.length;
  }

  /** When to call `tick`; undefined if nothing waits. */
  deadline(): number | undefined {
    const may_be_scan = this.#tail() > 0 || this.#machines().length >= MIN_LENGTH;
    if (!may_be_scan && this.#given === this.#burst.length) return undefined;
    // One millisecond more, because a key that comes exactly then is still part of the burst.
    return this.#last_ms + (may_be_scan ? MAX_GAP_MS : HOLD_GAP_MS) + 1;
  }

  #character(press: KeyPress): Verdict {
    const gap_ms = press.at_ms - this.#last_ms;
    const caps_lock = press.caps_lock ?? false;
    const in_field = press.in_field ?? false;
    const continues = gap_ms >= 0 && gap_ms <= MAX_GAP_MS && this.#caps_lock === caps_lock;
    if (this.#passing && continues) {
      this.#last_ms = press.at_ms;
      return { typed: '', swallow: false };
    }
    this.#passing = false;
    let before: Settled = { typed: '' };
    if (!continues) before = this.#settle(false, this.#last_ms);
    else if (gap_ms > HOLD_GAP_MS) before = this.#giveBack();
    this.#last_ms = press.at_ms;
    this.#suffix_keys = 0;
    if (this.#burst.length === MAX_LENGTH) {
      const typing = this.#giveBack();
      this.#forget();
      this.#passing = true;
      return { ...typing, swallow: false };
    }
    this.#caps_lock = caps_lock;
    this.#in_field = in_field || (this.#burst.length > 0 && this.#in_field);
    const char = press.char ?? '';
    this.#burst.push({ char, meant: press.meant ?? char });
    return { ...before, swallow: true };
  }

  /** The burst is over: a scan, or typing. */
  #settle(ended: boolean, at_ms: number): Settled {
    this.#passing = false;
    const scanned = this.#scanned(ended);
    if (scanned === 0) {
      const typing = this.#giveBack();
      this.#forget();
      return typing;
    }
    const held = this.#burst.length - this.#given;
    const typed = textOf(this.#burst.slice(this.#given, this.#burst.length - scanned));
    const read = this.#burst.slice(-scanned);
    const text = textOf(read);
    const scan = {
      text: this.#caps_lock ? swapCase(text) : text,
      meant: read.map(({ meant }) => meant).join(''),
    };
    const untype = Math.max(0, scanned - held);
    this.#forget();
    this.#suffix_until_ms = at_ms + SUFFIX_MS;
    this.#suffix_keys = ended ? SUFFIX_KEYS - 1 : SUFFIX_KEYS;
    return { typed, scan, ...(untype > 0 ? { untype } : {}) };
  }

  /** How many characters at the burst's end are a scan; 0 if it is typing. */
  #scanned(ended: boolean): number {
    const machines = this.#machines();
    const tail = this.#tail();
    if (tail > 0) return Math.max(tail, this.only_codes() ? 0 : machines.length);
    const [first] = machines;
    // A held key repeats one character, and some keyboards do not mark that.
    const varied = machines.some(({ char }) => char !== first?.char);
    if (this.only_codes() || machines.length < MIN_LENGTH || !varied) return 0;
    return ended || this.#readings(machines).some((text) => shapeOf(text) === 'terpotong')
      ? machines.length
      : 0;
  }

  /** The part that no person typed: what is still held, or all of it outside of fields. */
  #machines(): Pressed[] {
    return this.#in_field ? this.#burst.slice(this.#given) : this.#burst;
  }

  #tail(): number {
    if (this.#burst.length < MIN_LENGTH) return 0;
    return Math.max(...this.#readings(this.#burst).map(codeTail));
  }

  #readings(pressed: Pressed[]): string[] {
    const text = textOf(pressed);
    return [this.#caps_lock ? swapCase(text) : text, pressed.map(({ meant }) => meant).join('')];
  }

  #isSuffix({ key, at_ms }: KeyPress): boolean {
    return key === 'end' && this.#suffix_keys > 0 && at_ms <= this.#suffix_until_ms;
  }

  #giveBack(): Settled {
    const typed = textOf(this.#burst.slice(this.#given));
    const alone = this.#burst.length === 1;
    this.#given = this.#burst.length;
    return { typed, alone };
  }

  #forget(): void {
    this.#burst = [];
    this.#given = 0;
    this.#in_field = false;
  }
}

function textOf(pressed: Pressed[]): string {
  return pressed.map(({ char }) => char).join('');
}

/** Undoes Caps Lock: the scanner pressed Shift for capitals, and the lock turned them round. */
function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (c) => (c >= 'a' ? c.toUpperCase() : c.toLowerCase()));
}
