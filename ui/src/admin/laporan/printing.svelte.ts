/** Puts what is printed on the page just before the browser prints, and takes it away afterwards. */
import { flushSync } from 'svelte';

export class Printing {
  is_on = $state(false);

  /** At once: the browser takes the page as it stands when the event is over. */
  readonly begin = (): void => {
    this.is_on = true;
    flushSync();
  };

  readonly end = (): void => {
    this.is_on = false;
  };
}
