/** Finds a guest by number or name while somebody types. */
import type { Failure } from '../api/result';
import { searchTamu } from '../api/tamu';
import type { Tamu } from '../api/types';

const AFTER_MS = 250;
const LETTERS_MIN = 3;
const DIGITS_MIN = 9;

export class CariTamu {
  q = $state('');
  mencari = $state(false);
  hasil = $state.raw<Tamu[]>();
  aktif = $state(0);
  gagal = $state.raw<Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly terpilih = $derived(this.hasil?.[this.aktif]);
  /** Looks like a number rather than a name. */
  readonly angka = $derived(/^[\d\s+().-]+$/.test(this.q.trim()));
  readonly cukup = $derived(
    this.angka
      ? this.q.replace(/\D/g, '').length >= DIGITS_MIN
      : [...this.q].filter((letter) => /\p{L}/u.test(letter)).length >= LETTERS_MIN,
  );

  typed(): void {
    clearTimeout(this.#timer);
    this.hasil = undefined;
    this.gagal = undefined;
    this.mencari = this.cukup;
    if (this.cukup) this.#timer = setTimeout(() => void this.#load(), AFTER_MS);
  }

  move(step: number): void {
    const count = this.hasil?.length ?? 0;
    if (count > 0) this.aktif = (this.aktif + step + count) % count;
  }

  async #load(): Promise<void> {
    const q = this.q;
    const found = await searchTamu(q.trim());
    if (q !== this.q) return;
    this.mencari = false;
    this.aktif = 0;
    this.gagal = found.ok ? undefined : found.failure;
    this.hasil = found.ok ? found.data : undefined;
  }
}
