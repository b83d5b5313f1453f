/** Loads something on screen, and tries again by itself while the trouble may pass. */
import { untrack } from 'svelte';
import { isTrouble, type Failure, type Result } from '../api/result';
import { clock } from './clock.svelte';

const RETRY_MS = 5000;

export class Loading {
  busy = $state(false);
  failure = $state.raw<Failure>();
  /** The next attempt, by this PC's clock; 0 if there is none. */
  retry_at = $state(0);
  /** When it was last loaded, by the server's clock; 0 before that. */
  fresh_at = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** `fetch` loads and keeps the data, unless its turn is over by then. */
  constructor(private readonly fetch: (isOver: () => boolean) => Promise<Result<unknown>>) {}

  /** A second call ends the first one's turn. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.busy = true;
    this.retry_at = 0;
    // An effect that calls this must not follow what `fetch` reads.
    const result = await untrack(() => this.fetch(() => turn !== this.#turn));
    if (turn !== this.#turn) return;
    this.busy = false;
    this.failure = result.ok ? undefined : result.failure;
    if (result.ok) this.fresh_at = clock.now;
    else if (isTrouble(result.failure)) {
      this.retry_at = Date.now() + RETRY_MS;
      this.#timer = setTimeout(() => void this.load(), RETRY_MS);
    }
  }

  /** Forgets everything, because something else is to be shown. */
  forget(): void {
    this.stop();
    this.failure = undefined;
    this.fresh_at = 0;
  }

  stop(): void {
    this.#turn += 1;
    this.busy = false;
    this.retry_at = 0;
    clearTimeout(this.#timer);
  }
}
