/** The shift: the desk locks itself when nobody has used it for a while. Scanning goes on; the rest asks who is there. */
import { host } from '../host';

const IDLE_MINUTES = 15;
const CHECK_MS = 5000;
/** Kept outside of the page: switching the PC off and on unlocks nothing. */
const KEPT = 'terkunci';

export class Shift {
  locked = $state(false);
  #last_ms = performance.now();
  readonly #idle_ms: number;
  #chosen = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    const chosen = Number(host.choices.get('kunci_menit') ?? '');
    this.#idle_ms = (chosen > 0 ? chosen : IDLE_MINUTES) * 60_000;
  }

  /** A shift begins. */
  start(onlock: () => void): void {
    clearInterval(this.#timer);
    this.locked = host.choices.get(KEPT) === 'ya';
    this.#last_ms = performance.now();
    this.#timer = setInterval(() => {
      if (this.locked || performance.now() - this.#last_ms < this.#idle_ms) return;
      this.#set(true);
      onlock();
    }, CHECK_MS);
  }

  /** It ends: whoever signs in next has an open desk. */
  stop(): void {
    clearInterval(this.#timer);
    this.#set(false);
  }

  /** Somebody uses the desk. */
  touch(): void {
    this.#last_ms = performance.now();
  }

  /** Somebody chooses it. */
  lock(): void {
    this.#chosen = true;
    this.#set(true);
  }

  /** Whether it was chosen just now: whoever did so may type at once. Where it came by itself, the screen is a guest's. */
  takeChosen(): boolean {
    const chosen = this.#chosen;
    this.#chosen = false;
    return chosen;
  }

  unlock(): void {
    this.touch();
    this.#set(false);
  }

  #set(locked: boolean): void {
    this.locked = locked;
    host.choices.set(KEPT, locked ? 'ya' : 'tidak');
  }
}
