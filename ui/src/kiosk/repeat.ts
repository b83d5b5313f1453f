/**
 * Lets a code that is held before the page's camera count once. The desktop program decides alike for its camera
 * (crate `scan`, `repeat`), with the same cases: `tests/fixtures/repeat.json`.
 */

/** A code counts again after it was out of sight for so long. A shaky hand hides it for shorter. */
const OUT_OF_SIGHT_MS = 3000;

export class RepeatFilter {
  readonly #seen_ms = new Map<string, number>();

  /** Whether this read counts. */
  admit(text: string, now_ms: number): boolean {
    for (const [other, seen_ms] of this.#seen_ms) {
      if (now_ms - seen_ms >= OUT_OF_SIGHT_MS) this.#seen_ms.delete(other);
    }
    const counts = !this.#seen_ms.has(text);
    this.#seen_ms.set(text, now_ms);
    return counts;
  }
}
