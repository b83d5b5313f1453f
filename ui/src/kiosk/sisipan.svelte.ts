/** What is told beside the screen, where it may not take the screen's place. */
import type { Hasil, JanjiTemu } from '../api/types';
import type { kt } from '../i18n/desk_work';
import { guruName, tamuName } from '../shared/names';
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

type Baris = { nomor: number; content: Isi; expired: ReturnType<typeof setTimeout> };

const SHOWN_MS = 9000;
/** Guests who went through at once are told of below each other, each for its whole time; more would hide the screen. */
const MOST = 2;

export class Sisipan {
  /** The oldest first. */
  all = $state.raw<Baris[]>([]);
  /** The newest. */
  readonly content: Isi | undefined = $derived(this.all.at(-1)?.content);
  #nomor = 0;
  #waiting: Isi[] = [];

  show(content: Isi): void {
    // The same reader's mistake again takes the place of the last one.
    if (content.jenis !== 'tersusul') this.#drop((rows) => rows.content.jenis !== 'tersusul');
    if (this.all.length < MOST) this.#put(content);
    else this.#waiting.push(content);
  }

  hide(nomor: number): void {
    this.#drop((rows) => rows.nomor === nomor);
    const next = this.#waiting.shift();
    if (next) this.#put(next);
  }

  /** The next guest: what was said of readers goes, what became of those who waited stays. */
  next(): void {
    this.#drop((rows) => rows.content.jenis === 'asing' || rows.content.jenis === 'tak_terbaca');
  }

  clear(): void {
    this.#waiting = [];
    this.#drop(() => true);
  }

  #put(content: Isi): void {
    const nomor = (this.#nomor += 1);
    const expired = setTimeout(() => this.hide(nomor), SHOWN_MS);
    this.all = [...this.all, { nomor, content, expired }];
  }

  #drop(goes: (rows: Baris) => boolean): void {
    for (const { expired } of this.all.filter(goes)) clearTimeout(expired);
    this.all = this.all.filter((rows) => !goes(rows));
  }
}

/** What is said after `now` took `before` back; `semula`: the visit whose place it had taken. */
export function taken_back(before: JanjiTemu, now: JanjiTemu, semula?: Semula): Isi {
  const said = { jenis: 'diurungkan', tamu: tamuName(before), guru: guruName(before) } as const;
  if (semula === 'gagal') return { ...said, apa: 'semula_gagal' };
  if (semula) return { ...said, apa: 'semula', guru: guruName(semula) };
  if (before.status !== 'selesai') return { ...said, apa: 'datang' };
  return { ...said, apa: now.status === 'menunggu' ? 'menunggu' : 'bertemu' };
}
