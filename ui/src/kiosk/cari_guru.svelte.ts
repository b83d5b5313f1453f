/** Finds a guru while somebody types. */
import { listGuru } from '../api/guru';
import type { Failure } from '../api/result';
import type { GuruRingkas } from '../api/types';

const AFTER_MS = 120;
/** As many as fit on the smallest screen; the next letter finds the rest. */
const SHOWN = 5;

export class CariGuru {
  q = $state('');
  hasil = $state.raw<GuruRingkas[]>();
  aktif = $state(0);
  gagal = $state.raw<Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The row that Enter would choose. */
  readonly terpilih = $derived(this.hasil?.[this.aktif]);

  constructor() {
    void this.#load();
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(), AFTER_MS);
  }

  move(step: number): void {
    const count = this.hasil?.length ?? 0;
    if (count > 0) this.aktif = (this.aktif + step + count) % count;
  }

  async #load(): Promise<void> {
    const q = this.q;
    const found = await listGuru(q, SHOWN);
    if (q !== this.q) return;
    this.aktif = 0;
    this.gagal = found.ok ? undefined : found.failure;
    if (found.ok) this.hasil = found.data;
  }
}

/** The text in three parts, the middle being what was typed. */
export function sorot(text: string, q: string): [string, string, string] {
  const wanted = q.trim().toLocaleLowerCase('id');
  const at = wanted ? text.toLocaleLowerCase('id').indexOf(wanted) : -1;
  if (at < 0) return [text, '', ''];
  return [text.slice(0, at), text.slice(at, at + wanted.length), text.slice(at + wanted.length)];
}
