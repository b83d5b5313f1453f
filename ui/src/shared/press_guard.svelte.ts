/** Whether something on screen may be pressed: what has just come up under a hand was not meant by its press. */

const READY_AFTER_MS = 700;

/** A pointer that has gone less far has not moved. */
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
  /** It has stood there long enough for a key. */
  is_settled = $state(false);
  #still_pressing = $state(false);
  /** For a pointer: one that still rests where it pressed something else means nothing by it. */
  readonly is_ready = $derived(this.is_settled && !this.#still_pressing);
  #pressed_at: Point | undefined;

  /** A mouse pressed something else. */
  press({ clientX, clientY }: Point): void {
    this.#pressed_at = { clientX, clientY };
  }

  move({ clientX, clientY }: Point): void {
    const from = this.#pressed_at;
    if (!from || Math.hypot(clientX - from.clientX, clientY - from.clientY) < STILL_PX) return;
    this.#pressed_at = undefined;
    this.#still_pressing = false;
  }

  /** It stands somewhere else from now on; gives what ends the wait. */
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
