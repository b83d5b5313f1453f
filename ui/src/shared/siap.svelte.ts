/** Whether something on screen may be pressed: what has just come up under a hand was not meant by its press. */

const READY_AFTER_MS = 700;

/** A pointer that has gone less far has not moved. */
const STILL_PX = 4;

type Titik = { clientX: number; clientY: number };

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
  /** It has stood there long enough for a key. */
  lama = $state(false);
  #diam = $state(false);
  /** For a pointer: one that still rests where it pressed something else means nothing by it. */
  readonly ya = $derived(this.lama && !this.#diam);
  #ditekan: Titik | undefined;

  /** A mouse pressed something else. */
  tekan({ clientX, clientY }: Titik): void {
    this.#ditekan = { clientX, clientY };
  }

  gerak({ clientX, clientY }: Titik): void {
    const from = this.#ditekan;
    if (!from || Math.hypot(clientX - from.clientX, clientY - from.clientY) < STILL_PX) return;
    this.#ditekan = undefined;
    this.#diam = false;
  }

  /** It stands somewhere else from now on; gives what ends the wait. */
  begin(): () => void {
    this.lama = false;
    this.#diam = this.#ditekan !== undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cancel = nextFrame(() => {
      timer = setTimeout(() => (this.lama = true), READY_AFTER_MS);
    });
    return () => {
      cancel();
      clearTimeout(timer);
    };
  }
}
