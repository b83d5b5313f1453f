/** Suggestions while somebody types: what was found, and the row that Enter would choose. */
import type { Failure, Result } from '../api/result';
import type { Page } from '../api/types';

export class Suggestions<T> {
  q = $state('');
  is_searching = $state(false);
  found = $state.raw<T[]>();
  /** How many more there are. */
  more_count = $state(0);
  /** -1: none. */
  active = $state(-1);
  failure = $state.raw<Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly selected = $derived(this.found?.[this.active]);

  /** Asks `find` once nothing was typed for `after_ms`. */
  constructor(
    private readonly find: (q: string) => Promise<Result<T[] | Page<T>>>,
    private readonly after_ms: number,
  ) {}

  typed(): void {
    this.stop();
    this.#timer = setTimeout(() => void this.load(), this.after_ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  move(step: number): void {
    const count = this.found?.length ?? 0;
    const from = this.active < 0 && step < 0 ? 0 : this.active;
    if (count > 0) this.active = (from + step + count) % count;
  }

  protected async load(): Promise<void> {
    const q = this.q;
    const found = await this.find(q.trim());
    if (q !== this.q) return;
    this.is_searching = false;
    // Without a query no row is preselected.
    this.active = q.trim() ? 0 : -1;
    this.failure = found.ok ? undefined : found.failure;
    if (!found.ok) return;
    const page = Array.isArray(found.data) ? { data: found.data, total: found.data.length } : found.data;
    this.found = page.data;
    this.more_count = Math.max(0, page.total - page.data.length);
  }
}
