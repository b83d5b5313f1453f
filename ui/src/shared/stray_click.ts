/**
 * The second press of a double click is meant for what was pressed first. If something else has come to its place
 * meanwhile, such as a row below a dialog that has closed, that press does nothing.
 */

/** What can be pressed. A text in a button is the button. */
const CONTROL = 'button, a[href], input, select, textarea, summary, tr, dialog';

export class StrayClicks {
  #first: unknown;

  /** Whether this press was meant for something else. `count` is 2 for the second of a double click, 0 for a key. */
  isStray(control: unknown, count: number): boolean {
    if (count >= 2 && control !== this.#first) return true;
    this.#first = control;
    return false;
  }
}

export function swallowStrayClicks(page: Document): void {
  const clicks = new StrayClicks();
  page.addEventListener(
    'click',
    (event) => {
      if (!event.isTrusted || !clicks.isStray(controlOf(event.target), event.detail)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

/** A label and its field are one. */
function controlOf(target: EventTarget | null): Element | null {
  if (!(target instanceof Element)) return null;
  return target.closest('label')?.control ?? target.closest(CONTROL);
}
