/** How hard a password is to guess, asked while it is typed: only whoever takes it or not knows the rule. */
import type { Nilai } from '../api/types';

/** So that not every key asks. */
const PAUSE_MS = 250;

export class PasswordRating {
  /** Undefined as long as there is nothing to judge, and nobody to judge it. */
  rating = $state.raw<Nilai>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(private readonly rate: (password: string) => Promise<Nilai | undefined>) {}

  /** What is typed now; what was typed before counts no more. */
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
