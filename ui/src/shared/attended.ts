/** Tells whether somebody uses an element: a pointer is over it, or the focus is inside. */
import { tick } from 'svelte';

/** Calls `hold` at every sign of use, and `release` once neither pointer nor focus is there. */
export function attended(hold: () => void, release: () => void): (node: HTMLElement) => () => void {
  return (node) => {
    let pointer = false;
    let focus = false;
    const look = () => {
      if (pointer || focus) hold();
      else release();
    };
    const events = {
      pointerenter: () => {
        pointer = true;
        look();
      },
      pointermove: () => {
        pointer = true;
        look();
      },
      pointerleave: () => {
        pointer = false;
        look();
      },
      focusin: () => {
        focus = true;
        look();
      },
      // The focused button may be gone because it was pressed, so the focus is looked for after the update.
      focusout: () => {
        void tick().then(() => {
          focus = node.contains(document.activeElement);
          look();
        });
      },
    };
    for (const [name, listen] of Object.entries(events)) node.addEventListener(name, listen);
    return () => {
      for (const [name, listen] of Object.entries(events)) node.removeEventListener(name, listen);
      release();
    };
  };
}
