/** Whether something on screen may be pressed: what has just come up under a hand was not meant by its press. */

const READY_AFTER_MS = 700;

/** A page out of sight gets no frame, and nobody sees what it shows. */
const nextFrame = (call: () => void): (() => void) => {
  if (!('requestAnimationFrame' in globalThis)) {
    call();
    return () => undefined;
  }
  const frame = requestAnimationFrame(call);
  return () => cancelAnimationFrame(frame);
};

export class Siap {
  ya = $state(false);

  /** It stands somewhere else from now on; gives what ends the wait. */
  begin(): () => void {
    this.ya = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cancel = nextFrame(() => {
      timer = setTimeout(() => (this.ya = true), READY_AFTER_MS);
    });
    return () => {
      cancel();
      clearTimeout(timer);
    };
  }
}
