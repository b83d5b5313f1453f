/** What is told beside the screen, where it may not take the screen's place. */
import type { Hasil, JanjiTemu } from '../api/types';
import type { kt } from '../i18n/kerja_meja';
import { namaGuru, namaTamu } from '../shared/nama';
import type { SebabTakTerbaca } from './layar';
import type { Semula } from './tindakan.svelte';

export type Isi =
  /** A code of somebody else's was read. */
  | { jenis: 'asing' }
  | { jenis: 'tak_terbaca'; sebab: SebabTakTerbaca }
  /** A code that waited went through. */
  | { jenis: 'tersusul'; pada: number; hasil: Hasil | 'ditolak'; nama: string | undefined }
  /** An arrival or a departure was taken back. `guru`: for whom the guest waits, or whom they meet, again. */
  | { jenis: 'diurungkan'; apa: keyof typeof kt.urung.sudah; tamu: string; guru: string }
  /** Codes that waited since another day, and are not sent any more. */
  | { jenis: 'hilang'; banyak: number };

type Baris = { nomor: number; isi: Isi; habis: ReturnType<typeof setTimeout> };

const SHOWN_MS = 9000;
/** Guests who went through at once are told of below each other, each for its whole time; more would hide the screen. */
const MOST = 2;

export class Sisipan {
  /** The oldest first. */
  semua = $state.raw<Baris[]>([]);
  /** The newest. */
  readonly isi: Isi | undefined = $derived(this.semua.at(-1)?.isi);
  #nomor = 0;
  #waiting: Isi[] = [];

  show(isi: Isi): void {
    // The same reader's mistake again takes the place of the last one.
    if (isi.jenis !== 'tersusul') this.#drop((baris) => baris.isi.jenis !== 'tersusul');
    if (this.semua.length < MOST) this.#put(isi);
    else this.#waiting.push(isi);
  }

  hide(nomor: number): void {
    this.#drop((baris) => baris.nomor === nomor);
    const next = this.#waiting.shift();
    if (next) this.#put(next);
  }

  /** The next guest: what was said of readers goes, what became of those who waited stays. */
  next(): void {
    this.#drop((baris) => baris.isi.jenis === 'asing' || baris.isi.jenis === 'tak_terbaca');
  }

  clear(): void {
    this.#waiting = [];
    this.#drop(() => true);
  }

  #put(isi: Isi): void {
    const nomor = (this.#nomor += 1);
    const habis = setTimeout(() => this.hide(nomor), SHOWN_MS);
    this.semua = [...this.semua, { nomor, isi, habis }];
  }

  #drop(goes: (baris: Baris) => boolean): void {
    for (const { habis } of this.semua.filter(goes)) clearTimeout(habis);
    this.semua = this.semua.filter((baris) => !goes(baris));
  }
}

/** What is said after `now` took `before` back; `semula`: the visit whose place it had taken. */
export function diurungkan(before: JanjiTemu, now: JanjiTemu, semula?: Semula): Isi {
  const said = { jenis: 'diurungkan', tamu: namaTamu(before), guru: namaGuru(before) } as const;
  if (semula === 'gagal') return { ...said, apa: 'semula_gagal' };
  if (semula) return { ...said, apa: 'semula', guru: namaGuru(semula) };
  if (before.status !== 'selesai') return { ...said, apa: 'datang' };
  return { ...said, apa: now.status === 'menunggu' ? 'menunggu' : 'bertemu' };
}
