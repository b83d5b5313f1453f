/** Suggestions while somebody types: what was found, and the row that Enter would choose. */
import type { Failure, Result } from '../api/result';
import type { Daftar } from '../api/types';

export class Saran<T> {
  q = $state('');
  mencari = $state(false);
  hasil = $state.raw<T[]>();
  /** How many more there are than are shown. */
  lagi = $state(0);
  /** -1: none. */
  aktif = $state(-1);
  gagal = $state.raw<Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly terpilih = $derived(this.hasil?.[this.aktif]);

  /** `after_ms`: how long nothing more is typed before `find` is asked. */
  constructor(
    private readonly find: (q: string) => Promise<Result<T[] | Daftar<T>>>,
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
    const count = this.hasil?.length ?? 0;
    const from = this.aktif < 0 && step < 0 ? 0 : this.aktif;
    if (count > 0) this.aktif = (from + step + count) % count;
  }

  protected async load(): Promise<void> {
    const q = this.q;
    const found = await this.find(q.trim());
    if (q !== this.q) return;
    this.mencari = false;
    // Before anything was asked for, nothing is offered before the rest.
    this.aktif = q.trim() ? 0 : -1;
    this.gagal = found.ok ? undefined : found.failure;
    if (!found.ok) return;
    const page = Array.isArray(found.data) ? { data: found.data, total: found.data.length } : found.data;
    this.hasil = page.data;
    this.lagi = Math.max(0, page.total - page.data.length);
  }
}
