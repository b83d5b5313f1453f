/** Loads what paints charts once, when the first one is to be seen. */
import type { paint as Paint } from './chart';

class Painter {
  paint = $state.raw<typeof Paint>();
  is_missing = $state(false);
  #loading: Promise<void> | undefined;

  load(): Promise<void> {
    this.is_missing = false;
    this.#loading ??= import('./chart').then(
      ({ paint }) => {
        this.paint = paint;
      },
      () => {
        this.is_missing = true;
        this.#loading = undefined;
      },
    );
    return this.#loading;
  }
}

export const painter = new Painter();
