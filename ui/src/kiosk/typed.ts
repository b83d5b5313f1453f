/** Types what the wedge gives back into its field, and takes it out again if it was a scan after all. */

/** Longer than any code. */
const REMEMBERED = 512;

type TextField = HTMLInputElement | HTMLTextAreaElement;

export class Typed {
  /** Where the held keys would have gone. A program that fills in fields may have moved the focus since. */
  home: Element | null = null;
  /** What was typed, with the field's text before it. */
  #put: { field: TextField; before: string; text: string }[] = [];

  /** Whether the held keys belong to another field. */
  isOutside(focus: Element | null): boolean {
    return this.home !== focus && isTextField(this.home) && this.home.isConnected && isTextField(focus);
  }

  /** Types as if the keys had only been slow. `alone`: no other key came just before. */
  insert(text: string, alone: boolean): void {
    if (!text) return;
    const target = document.activeElement;
    const { home } = this;
    if (home !== target && isTextField(home) && home.isConnected) {
      this.#remember(home, text);
      insertByValue(home, text);
    } else if (isTextField(target)) {
      this.#remember(target, text);
      insertAtCursor(target, text);
    } else if (target instanceof HTMLElement && target.isContentEditable) {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- as below
      document.execCommand('insertText', false, text);
    } else if (text === ' ' && alone && target instanceof HTMLElement) {
      // The space bar presses buttons and boxes.
      if (target.matches('button, summary, [role="button"], input')) target.click();
    }
  }

  /** Takes the last so many characters out again. */
  takeOut(count: number): void {
    let left = count;
    while (left > 0) {
      const put = this.#put.pop();
      if (!put) return;
      left -= put.text.length;
      // What a person typed just before stays.
      if (put.field.isConnected) setValue(put.field, put.before + (left < 0 ? put.text.slice(0, -left) : ''));
    }
  }

  /** Forgets what was typed, because somebody edited by other keys. */
  forget(): void {
    this.#put = [];
  }

  #remember(field: TextField, text: string): void {
    if (this.#put.at(-1)?.field !== field) this.forget();
    this.#put.push({ field, before: field.value, text });
    if (this.#put.length > REMEMBERED) this.#put.shift();
  }
}

/** Characters land there. */
export function isField(target: Element | null): boolean {
  return isTextField(target) || (target instanceof HTMLElement && target.isContentEditable);
}

export function isPassword(target: Element | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'password';
}

function isTextField(target: Element | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color', 'image'].includes(
      target.type,
    )
  );
}

function insertAtCursor(field: TextField, text: string): void {
  // It is deprecated without a successor. Nothing else keeps undo, `maxlength` and e-mail fields working.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  if (!document.execCommand('insertText', false, text)) insertByValue(field, text);
}

function insertByValue(field: TextField, text: string): void {
  if (field.readOnly || field.disabled) return;
  setValue(field, field.value + text);
}

function setValue(field: TextField, value: string): void {
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
}
