/** The same code held in view still counts once. The rule of the desktop program's scanners (crate `scan`, `repeat`). */

/** A code counts at most once in this time. */
export const REPEAT_WINDOW_MS = 3000;
/** Out of sight for so long, it is shown anew. */
export const HELD_GAP_MS = 1500;

export class RepeatFilter {
  readonly #seen = new Map<string, { counted_ms: number; seen_ms: number }>();

  /** Whether this read counts. */
  admit(text: string, now_ms: number): boolean {
    for (const [other, { seen_ms }] of this.#seen) {
      if (now_ms - seen_ms >= REPEAT_WINDOW_MS) this.#seen.delete(other);
    }
    const seen = this.#seen.get(text);
    if (!seen) {
      this.#seen.set(text, { counted_ms: now_ms, seen_ms: now_ms });
      return true;
    }
    const held = now_ms - seen.seen_ms < HELD_GAP_MS;
    const recent = now_ms - seen.counted_ms < REPEAT_WINDOW_MS;
    seen.seen_ms = now_ms;
    if (held || recent) return false;
    seen.counted_ms = now_ms;
    return true;
  }
}
