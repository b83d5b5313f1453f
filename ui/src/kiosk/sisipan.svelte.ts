/** What is told beside the screen, where it may not take the screen's place. */
import type { Hasil } from '../api/types';
import type { SebabTakTerbaca } from './layar';

export type Isi =
  /** A code of somebody else's was read. */
  | { jenis: 'asing' }
  | { jenis: 'tak_terbaca'; sebab: SebabTakTerbaca }
  /** A code that waited went through. */
  | { jenis: 'tersusul'; pada: number; hasil: Hasil | 'ditolak'; nama: string | undefined }
  /** Codes that waited since another day, and are not sent any more. */
  | { jenis: 'hilang'; banyak: number };

const SHOWN_MS = 9000;

export class Sisipan {
  isi = $state.raw<Isi>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(isi: Isi): void {
    clearTimeout(this.#timer);
    this.isi = isi;
    this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.isi = undefined;
  }
}
