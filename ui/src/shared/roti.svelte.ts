/** The one message at the bottom of the screen: a success that can be undone. Errors stay in their place instead. */

const SHOWN_MS = 6000;

class Roti {
  pesan = $state('');
  undo = $state.raw<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(pesan: string, undo?: () => void): void {
    this.pesan = pesan;
    this.undo = undo;
    this.resume();
  }

  /** As long as somebody points at it. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.pesan = '';
    this.undo = undefined;
  }
}

export const roti = new Roti();
