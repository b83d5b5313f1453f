/** Returns to the idle screen after a time. It warns before, and waits while somebody uses the screen. */

/** It pauses for this long after somebody typed or touched. */
const REST_MS = 5000;
const TICK_MS = 200;

export class Countdown {
  /** Seconds in all; 0 while it does not run. */
  total_seconds = $state(0);
  remaining_ms = $state(0);
  /** Somebody uses the screen. */
  is_paused = $state(false);

  readonly remaining = $derived(Math.ceil(this.remaining_ms / 1000));
  /** The part that is left, from 1 to 0. */
  readonly bagian = $derived(this.total_seconds ? this.remaining_ms / (this.total_seconds * 1000) : 0);
  /** Whether the end is close enough for a warning. */
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

  /** Begins again with at least so many seconds, if it runs. */
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

  /** Gives all of the time again, once nobody uses the screen. */
  touch(): void {
    if (!this.total_seconds) return;
    this.#touched_ms = performance.now();
    this.remaining_ms = this.total_seconds * 1000;
    this.is_paused = true;
  }

  #tick(): void {
    const now_ms = performance.now();
    // A PC that slept wakes with one long tick, and so does a page in the background.
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
