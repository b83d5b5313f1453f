/**
 * Tells a scanner that types like a keyboard from a person who does. Pure: keys and times in, verdicts out. The same
 * rule, with the same constants, as the desktop program's (crate `scan`, module `wedge`, which gives the reasons):
 *
 * A scan is a burst of at least `MIN_LENGTH` characters, each at most `MAX_GAP_MS` after the one before, not all the
 * same, ended by Enter at most `MAX_ENTER_GAP_MS` after the last. Everything else is typing. Characters are held until
 * that is decided, and typing gets them back in order and complete.
 */

export const MAX_GAP_MS = 50;
export const MAX_ENTER_GAP_MS = 100;
export const MIN_LENGTH = 12;
/** No code of the guest book is shorter. */
export const CODE_LENGTH = 47;
export const MAX_LENGTH = 4096;

export type KeyPress = {
  /** `char`: types `char`. `modifier`: Shift, Caps Lock, AltGr. `other`: Tab, arrows, shortcuts. */
  key: 'char' | 'enter' | 'modifier' | 'other';
  char?: string;
  /** What a scanner set to a US keyboard meant by this key, whatever layout this PC has. */
  meant?: string;
  /** By any clock, in milliseconds. */
  at_ms: number;
  repeat?: boolean;
  caps_lock?: boolean;
};

export type WedgeScan = {
  text: string;
  /** The same keys on a US keyboard, where that is another text. */
  meant: string;
};

export type Verdict = {
  /** Characters held earlier that were typing after all: insert them now. */
  typed: string;
  /** Keep this key from the page. */
  swallow: boolean;
  scan?: WedgeScan;
};

export class Wedge {
  #held: string[] = [];
  #meant: string[] = [];
  #last_ms = 0;
  #caps_lock = false;
  /** The burst under way grew too long: let it pass as typing up to its end. */
  #passing = false;

  /** `min_length`: before anybody has signed in only a guest's own code is told from a password that a program types. */
  constructor(private readonly min_length: () => number = () => MIN_LENGTH) {}

  press(press: KeyPress): Verdict {
    if (press.key === 'modifier') return { typed: '', swallow: false };
    if (press.key === 'char' && !press.repeat) return this.#character(press);
    if (press.key === 'enter' && !press.repeat && this.#isScan(press.at_ms)) {
      const meant = this.#meant.join('');
      const held = this.#giveBack();
      return { typed: '', swallow: true, scan: { text: this.#caps_lock ? swapCase(held) : held, meant } };
    }
    this.#passing = false;
    return { typed: this.#giveBack(), swallow: false };
  }

  /** Gives back what is held and has waited too long to become a scan; empty where there is nothing. */
  tick(now_ms: number): string {
    const deadline = this.deadline();
    return deadline !== undefined && now_ms >= deadline ? this.#giveBack() : '';
  }

  /** When to call `tick`; nothing while nothing is held. */
  deadline(): number | undefined {
    if (this.#held.length === 0) return undefined;
    // One more, as a key that comes exactly then is still part of the burst.
    return this.#last_ms + (this.#held.length >= this.min_length() ? MAX_ENTER_GAP_MS : MAX_GAP_MS) + 1;
  }

  #character(press: KeyPress): Verdict {
    const gap_ms = press.at_ms - this.#last_ms;
    const caps_lock = press.caps_lock ?? false;
    const continues = gap_ms >= 0 && gap_ms <= MAX_GAP_MS && this.#caps_lock === caps_lock;
    this.#last_ms = press.at_ms;
    if (this.#passing && continues) return { typed: '', swallow: false };
    this.#passing = false;
    const typed = continues ? '' : this.#giveBack();
    this.#caps_lock = caps_lock;
    if (this.#held.length === MAX_LENGTH) {
      this.#passing = true;
      return { typed: this.#giveBack(), swallow: false };
    }
    this.#held.push(press.char ?? '');
    this.#meant.push(press.meant ?? press.char ?? '');
    return { typed, swallow: true };
  }

  #isScan(at_ms: number): boolean {
    const gap_ms = at_ms - this.#last_ms;
    return (
      this.#held.length >= this.min_length() &&
      gap_ms >= 0 &&
      gap_ms <= MAX_ENTER_GAP_MS &&
      // A key held down on a keyboard that does not say so.
      this.#held.some((char) => char !== this.#held[0])
    );
  }

  #giveBack(): string {
    const held = this.#held.join('');
    this.#held = [];
    this.#meant = [];
    return held;
  }
}

/** Undoes Caps Lock: the scanner pressed Shift for capitals, and the lock turned them round. */
function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (c) => (c >= 'a' ? c.toUpperCase() : c.toLowerCase()));
}
