/** Tells whether something on screen may be pressed. What has just come up under a hand may not. */

const READY_AFTER_MS = 700;

/** A pointer that moved less has not moved. */
const STILL_PX = 4;

type Point = { clientX: number; clientY: number };

/** A page out of sight gets no frame, and nobody sees what it shows. */
const nextFrame = (call: () => void): (() => void) => {
  if (!('requestAnimationFrame' in globalThis)) {
    call();
    return () => undefined;
  }
  const frame = requestAnimationFrame(call);
  return () => cancelAnimationFrame(frame);
};

export class PressGuard {
  /** It was on screen long enough for a key press. */
  is_settled = $state(false);
  #still_pressing = $state(false);
  /** Whether a pointer may press it. One that rests where it pressed something else may not. */
  readonly is_ready = $derived(this.is_settled && !this.#still_pressing);
  #pressed_at: Point | undefined;

  /** Notes where the mouse pressed something else. */
  press({ clientX, clientY }: Point): void {
    this.#pressed_at = { clientX, clientY };
  }

  move({ clientX, clientY }: Point): void {
    const from = this.#pressed_at;
    if (!from || Math.hypot(clientX - from.clientX, clientY - from.clientY) < STILL_PX) return;
    this.#pressed_at = undefined;
    this.#still_pressing = false;
  }

  /** Starts the wait, because it moved on screen. The returned function ends it. */
  begin(): () => void {
    this.is_settled = false;
    this.#still_pressing = this.#pressed_at !== undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cancel = nextFrame(() => {
      timer = setTimeout(() => (this.is_settled = true), READY_AFTER_MS);
    });
    return () => {
      cancel();
      clearTimeout(timer);
    };
  }
}
