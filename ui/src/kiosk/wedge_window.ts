/** Feeds a window's keys to the wedge, and gives typing back to the focused field. */
import { isField, isPassword, Typed } from './typed';
import { Wedge, type KeyPress, type Settled, type WedgeScan } from './wedge';

export type { WedgeScan };

const MODIFIERS = new Set(['Shift', 'CapsLock', 'AltGraph']);

/** These keys of a US keyboard, plain and with Shift. Letters and digits need no table. */
const US_KEYS: Record<string, string> = {
  Slash: '/?',
  Semicolon: ';:',
  Period: '.>',
  Comma: ',<',
  Minus: '-_',
  Equal: '=+',
};
const US_DIGITS_SHIFTED = ')!@#$%^&*(';

/** What a scanner set to a US keyboard, as all leave the factory, meant by this key. */
export function meantBy(code: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit) return shift ? US_DIGITS_SHIFTED[Number(digit)] : digit;
  return US_KEYS[code]?.[shift ? 1 : 0];
}

function keyPressOf(event: KeyboardEvent): KeyPress {
  const rest = {
    at_ms: event.timeStamp,
    repeat: event.repeat,
    caps_lock: event.getModifierState('CapsLock'),
  };
  if (isEnd(event)) return { key: 'end', ...rest };
  if (MODIFIERS.has(event.key)) return { key: 'modifier', ...rest };
  // AltGr types characters on many layouts and shows as Ctrl with Alt on some systems.
  const alt_gr = event.getModifierState('AltGraph');
  const shortcut = event.metaKey || ((event.ctrlKey || event.altKey) && !alt_gr);
  const is_char = [...event.key].length === 1 && !event.isComposing && !shortcut;
  if (!is_char) return { key: 'other', ...rest };
  return { key: 'char', char: event.key, meant: meantBy(event.code, event.shiftKey) ?? event.key, ...rest };
}

/** Enter, Tab, or a line feed or carriage return as some scanners send them: Ctrl with J or M. */
function isEnd({ key, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey || metaKey) return false;
  if (ctrlKey) return /^[jm]$/i.test(key);
  return key === 'Enter' || (key === 'Tab' && !shiftKey);
}

/** If a timer is later than this, the page was busy and keys may be waiting. */
const BUSY_MS = 8;
/** How long waiting keys may take to come in. */
const CATCH_UP_MS = 120;

/** Listens until the returned function is called. While the desk is closed, only a guest's code is a scan. */
export function attachWedge(onscan: (scan: WedgeScan) => void, is_open: () => boolean): () => void {
  const wedge = new Wedge(() => !is_open() || isPassword(document.activeElement));
  const typed = new Typed();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = ({ typed: text, scan, untype, alone }: Settled): void => {
    if (untype) typed.takeOut(untype);
    typed.insert(text, alone ?? false);
    if (!scan) return;
    typed.forget();
    onscan(scan);
  };

  /** Settles held keys after the wait. If the page was busy, waits once more for keys that came meanwhile. */
  const wait = (deadline_ms: number, delay_ms: number): void => {
    clearTimeout(timer);
    const due_ms = performance.now() + delay_ms;
    timer = setTimeout(() => {
      if (performance.now() - due_ms > BUSY_MS) return wait(deadline_ms, CATCH_UP_MS);
      settle(wedge.tick(Math.max(deadline_ms, performance.now())));
      schedule(performance.now());
    }, delay_ms);
  };

  const schedule = (now_ms: number): void => {
    clearTimeout(timer);
    const deadline_ms = wedge.deadline();
    if (deadline_ms === undefined) return;
    // If this key came late, the next ones will too.
    const late_ms = Math.max(0, performance.now() - now_ms);
    wait(deadline_ms, Math.max(0, deadline_ms - now_ms) + (late_ms > BUSY_MS ? late_ms + CATCH_UP_MS : 0));
  };

  const onkeydown = (event: KeyboardEvent): void => {
    const focus = document.activeElement;
    const press = { ...keyPressOf(event), in_field: isField(focus) };
    // No scanner goes from field to field.
    if (typed.isOutside(focus)) settle(wedge.press({ key: 'other', at_ms: press.at_ms }));
    if (!wedge.holds) typed.home = focus;
    const verdict = wedge.press(press);
    settle(verdict);
    // Given-back keys belong to the field where they began. This key belongs to the focus.
    if (verdict.typed) typed.home = focus;
    if (press.key === 'other' || (press.key === 'end' && !verdict.swallow)) typed.forget();
    if (verdict.swallow) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    schedule(event.timeStamp);
  };

  window.addEventListener('keydown', onkeydown, { capture: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onkeydown, { capture: true });
  };
}
