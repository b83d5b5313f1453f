/** The server's time, second by second. */
import { host } from '../host';

/** A clock that is off by more is told. */
const TOLERANCE_MS = 120_000;

class Clock {
  /** Milliseconds since 1970, of the last whole second. */
  now = $state(Date.now());
  /** This PC's clock is wrong. */
  is_off = $state(false);

  constructor() {
    this.#tick();
  }

  #tick(): void {
    const offset_ms = host.clockOffsetMs();
    // The offset is known to whole seconds only, so small ones are ignored.
    const now = Date.now() + (Math.abs(offset_ms) > 2000 ? offset_ms : 0);
    this.now = now - (now % 1000);
    this.is_off = Math.abs(offset_ms) > TOLERANCE_MS;
    setTimeout(() => this.#tick(), 1000 - (now % 1000));
  }
}

export const clock = new Clock();
