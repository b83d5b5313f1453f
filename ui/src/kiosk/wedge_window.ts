/** The wedge at work in a window: reads its keys, gives typing back to the field that has the focus. */
import { CODE_LENGTH, MIN_LENGTH, Wedge, type KeyPress, type WedgeScan } from './wedge';

export type { WedgeScan };

const MODIFIERS = new Set(['Shift', 'CapsLock', 'AltGraph']);

/** What stands on these keys of a US keyboard, plain and with Shift; letters and digits need no table. */
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

export function keyPressOf(event: KeyboardEvent): KeyPress {
  const rest = {
    at_ms: event.timeStamp,
    repeat: event.repeat,
    caps_lock: event.getModifierState('CapsLock'),
  };
  if (event.key === 'Enter') return { key: 'enter', ...rest };
  if (MODIFIERS.has(event.key)) return { key: 'modifier', ...rest };
  // AltGr types characters on many layouts and shows as Ctrl with Alt on some systems.
  const alt_gr = event.getModifierState('AltGraph');
  const shortcut = event.metaKey || ((event.ctrlKey || event.altKey) && !alt_gr);
  const is_char = [...event.key].length === 1 && !event.isComposing && !shortcut;
  if (!is_char) return { key: 'other', ...rest };
  return { key: 'char', char: event.key, meant: meantBy(event.code, event.shiftKey) ?? event.key, ...rest };
}

/** A timer that is later than this found the page busy, and keys may be waiting outside of it. */
const BUSY_MS = 8;
/** How long they may take to come in then. */
const CATCH_UP_MS = 120;

/** Listens until what it gives is called. While the desk is not open, only what can be a guest's code is no typing. */
export function attachWedge(onscan: (scan: WedgeScan) => void, is_open: () => boolean): () => void {
  const wedge = new Wedge(() => (is_open() ? MIN_LENGTH : CODE_LENGTH));
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Where the keys that are held would have gone: a program that fills in fields may have moved on since.
  let home: Element | null = null;

  /** Gives back what is held once the wait is over, unless this page was too busy to have seen what came meanwhile. */
  const wait = (deadline_ms: number, delay_ms: number): void => {
    clearTimeout(timer);
    const due_ms = performance.now() + delay_ms;
    timer = setTimeout(() => {
      if (performance.now() - due_ms > BUSY_MS) wait(deadline_ms, CATCH_UP_MS);
      else insert(wedge.tick(Math.max(deadline_ms, performance.now())), home);
    }, delay_ms);
  };

  const schedule = (now_ms: number): void => {
    clearTimeout(timer);
    const deadline_ms = wedge.deadline();
    if (deadline_ms === undefined) return;
    // Keys that come late are followed by others as late.
    const late_ms = Math.max(0, performance.now() - now_ms);
    wait(deadline_ms, deadline_ms - now_ms + (late_ms > BUSY_MS ? late_ms + CATCH_UP_MS : 0));
  };

  const onkeydown = (event: KeyboardEvent): void => {
    const focus = document.activeElement;
    const deadline = wedge.deadline();
    if (deadline === undefined) {
      home = focus;
    } else if (home !== focus && home?.isConnected && isTextField(home) && isTextField(focus)) {
      // No scanner goes from field to field.
      insert(wedge.tick(deadline), home);
      home = focus;
    }
    const verdict = wedge.press(keyPressOf(event));
    insert(verdict.typed, home);
    // What was given back belonged to where it began; this key belongs to where the focus is.
    if (verdict.typed) home = focus;
    if (verdict.swallow) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (verdict.scan) onscan(verdict.scan);
    schedule(event.timeStamp);
  };

  window.addEventListener('keydown', onkeydown, { capture: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onkeydown, { capture: true });
  };
}

/** Types into where the keys were meant for, as if they had only been slow. */
function insert(text: string, home: Element | null): void {
  if (!text) return;
  const target = document.activeElement;
  if (home !== target && home?.isConnected && isTextField(home)) {
    insertByValue(home, text);
  } else if (isTextField(target)) {
    // Deprecated and without a successor: the only way that undo, `maxlength` and e-mail fields all work.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (!document.execCommand('insertText', false, text)) insertByValue(target, text);
  } else if (text === ' ' && target instanceof HTMLElement) {
    // The space bar presses buttons and boxes.
    if (target.matches('button, summary, [role="button"], input')) target.click();
  }
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function isTextField(target: Element | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type)
  );
}

function insertByValue(field: TextField, text: string): void {
  if (field.readOnly || field.disabled) return;
  field.value += text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}
