/** The way back to the idle screen by itself: with warning, and never under somebody's hands. */

/** Whoever typed or touched is left alone for so long. */
const REST_MS = 5000;
const TICK_MS = 200;

export class HitungMundur {
  /** Seconds in all; 0 while there is nothing to return from. */
  lama = $state(0);
  sisa_ms = $state(0);
  /** Somebody types or touches. */
  berhenti = $state(false);

  readonly remaining = $derived(Math.ceil(this.sisa_ms / 1000));
  /** What is left, from 1 to 0. */
  readonly bagian = $derived(this.lama ? this.sisa_ms / (this.lama * 1000) : 0);
  /** Close to the end: worth a word. */
  readonly awas = $derived(this.lama > 0 && !this.berhenti && this.remaining <= 5);

  #timer: ReturnType<typeof setInterval> | undefined;
  #last_ms = 0;
  #touched_ms = -Infinity;

  constructor(private readonly ended: () => void) {}

  start(seconds: number): void {
    this.stop();
    this.lama = seconds;
    this.sisa_ms = seconds * 1000;
    this.#last_ms = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Begins anew, if it is running, with at least so many seconds. */
  extend(seconds: number): void {
    if (this.lama && this.sisa_ms < seconds * 1000) this.start(Math.max(seconds, this.lama));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.lama = 0;
    this.berhenti = false;
    this.#touched_ms = -Infinity;
  }

  /** Somebody typed or touched: all of the time again, once they rest. */
  touch(): void {
    if (!this.lama) return;
    this.#touched_ms = performance.now();
    this.sisa_ms = this.lama * 1000;
    this.berhenti = true;
  }

  #tick(): void {
    const now_ms = performance.now();
    // A PC that slept, or a page in the background, wakes with one long tick.
    const passed_ms = Math.min(now_ms - this.#last_ms, 1000);
    this.#last_ms = now_ms;
    this.berhenti = now_ms - this.#touched_ms < REST_MS;
    if (this.berhenti) return;
    this.sisa_ms = Math.max(0, this.sisa_ms - passed_ms);
    if (this.sisa_ms === 0) {
      this.stop();
      this.ended();
    }
  }
}
