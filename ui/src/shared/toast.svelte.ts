/** The one message at the bottom of the screen: a success. Errors stay in their place instead. */

const SHOWN_MS = 6000;

/** What can be done about it, such as taking it back. */
type Action = { words: string; act: () => void };

class Toast {
  message = $state('');
  action = $state.raw<Action>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(message: string, action?: Action): void {
    this.message = message;
    this.action = action;
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

  /** Does what can be done about it, once. */
  act(): void {
    // Hiding forgets it.
    const act = this.action?.act;
    this.hide();
    act?.();
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.message = '';
    this.action = undefined;
  }
}

export const toast = new Toast();
