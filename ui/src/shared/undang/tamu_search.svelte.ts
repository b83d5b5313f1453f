/** Finds a guest while somebody types: anybody by number, earlier guests by name too. */
import { searchTamu } from '../../api/tamu';
import type { TamuRingkas } from '../../api/types';
import { Suggestions } from '../suggestions.svelte';

const AFTER_MS = 250;
const LETTERS_MIN = 3;
const DIGITS_MIN = 9;

export class TamuSearch extends Suggestions<TamuRingkas> {
  /** Whether the text looks like a number. */
  readonly is_number = $derived(/^[\d\s+().-]+$/.test(this.q.trim()));
  readonly is_enough = $derived(
    this.is_number
      ? this.q.replace(/\D/g, '').length >= DIGITS_MIN
      : [...this.q].filter((letter) => /\p{L}/u.test(letter)).length >= LETTERS_MIN,
  );

  constructor() {
    super((q) => searchTamu(q), AFTER_MS);
  }

  override typed(): void {
    this.found = undefined;
    this.failure = undefined;
    this.is_searching = this.is_enough;
    super.typed();
  }

  protected override async load(): Promise<void> {
    if (this.is_enough) await super.load();
  }
}
