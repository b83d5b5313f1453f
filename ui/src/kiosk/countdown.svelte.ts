/** The way back to the idle screen by itself: with warning, and never under somebody's hands. */

/** Whoever typed or touched is left alone for so long. */
const REST_MS = 5000;
const TICK_MS = 200;

export class Countdown {
  /** Seconds in all; 0 while there is nothing to return from. */
  total_seconds = $state(0);
  remaining_ms = $state(0);
  /** Somebody types or touches. */
  is_paused = $state(false);

  readonly remaining = $derived(Math.ceil(this.remaining_ms / 1000));
  /** What is left, from 1 to 0. */
  readonly bagian = $derived(this.total_seconds ? this.remaining_ms / (this.total_seconds * 1000) : 0);
  /** Close to the end: worth a word. */
  readonly awas = $derived(this.total_seconds > 0 && !this.is_paused && this.remaining <= 5);

  #timer: ReturnType<typeof setInterval> | undefined;
  #last_ms = 0;
  #touched_ms = -Infinity;

  constructor(private readonly ended: () => void) {}

  start(seconds: number): void {
    this.stop();
    this.total_seconds = seconds;
    this.remaining_ms = seconds * 1000;
    this.#last_ms = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Begins anew, if it is running, with at least so many seconds. */
  extend(seconds: number): void {
    if (this.total_seconds && this.remaining_ms < seconds * 1000)
      this.start(Math.max(seconds, this.total_seconds));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.total_seconds = 0;
    this.is_paused = false;
    this.#touched_ms = -Infinity;
  }

  /** Somebody typed or touched: all of the time again, once they rest. */
  touch(): void {
    if (!this.total_seconds) return;
    this.#touched_ms = performance.now();
    this.remaining_ms = this.total_seconds * 1000;
    this.is_paused = true;
  }

  #tick(): void {
    const now_ms = performance.now();
    // A PC that slept, or a page in the background, wakes with one long tick.
    const passed_ms = Math.min(now_ms - this.#last_ms, 1000);
    this.#last_ms = now_ms;
    this.is_paused = now_ms - this.#touched_ms < REST_MS;
    if (this.is_paused) return;
    this.remaining_ms = Math.max(0, this.remaining_ms - passed_ms);
    if (this.remaining_ms === 0) {
      this.stop();
      this.ended();
    }
  }
}
