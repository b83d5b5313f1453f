/** Asks how hard a password is to guess while it is typed. Whoever takes the password judges it. */
import type { Nilai } from '../api/types';

/** Waits this long after a key before it asks. */
const PAUSE_MS = 250;

export class PasswordRating {
  /** Undefined if there is nothing to judge or nobody judges. */
  rating = $state.raw<Nilai>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(private readonly rate: (password: string) => Promise<Nilai | undefined>) {}

  /** Takes what is typed now, and forgets earlier text. */
  typed(password: string): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (!password) {
      this.rating = undefined;
      return;
    }
    this.#timer = setTimeout(() => {
      void this.rate(password).then((rating) => {
        if (turn === this.#turn) this.rating = rating;
      });
    }, PAUSE_MS);
  }
}
