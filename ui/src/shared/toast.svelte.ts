/** The one message at the bottom of the screen: a success. Errors stay in their place instead. */

const SHOWN_MS = 6000;

class Toast {
  message = $state('');
  /** Takes back what the message tells; undefined if that cannot be. */
  undo = $state.raw<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(message: string, undo?: () => void): void {
    this.message = message;
    this.undo = undo;
    this.resume();
  }

  /** Keeps it while somebody points at it. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.message = '';
    this.undo = undefined;
  }
}

export const toast = new Toast();
