/** Whether somebody is at something: a pointer above it, or the focus within it. */
import { tick } from 'svelte';

/** `hold` is called at every sign of a hand, `release` once neither pointer nor focus is there. */
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
      // What had the focus may be gone because it was pressed: where it is then shows after the page has settled.
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
