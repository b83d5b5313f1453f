/** Notices beside the screen, which keep the screen as it is. */
import type { Hasil, JanjiTemu } from '../api/types';
import type { kt } from '../i18n/desk_work';
import { guruName, tamuName } from '../shared/names';
import type { UnreadableReason } from './screen';
import type { Restored } from './kunjungan_moves.svelte';

export type SideNotice =
  /** A code of somebody else's was read. */
  | { jenis: 'asing' }
  | { jenis: 'tak_terbaca'; reason: UnreadableReason }
  /** A code that waited went through. */
  | { jenis: 'tersusul'; pada: number; hasil: Hasil | 'ditolak'; nama: string | undefined }
  /** An arrival or a departure was taken back. `guru`: for whom the guest waits, or whom they meet, again. */
  | { jenis: 'diurungkan'; what: keyof typeof kt.urung.sudah; tamu: string; guru: string }
  /** Codes that waited since another day, and are not sent any more. */
  | { jenis: 'hilang'; count: number };

type Shown = { key: number; content: SideNotice; timer: ReturnType<typeof setTimeout> };

const SHOWN_MS = 9000;
/** How many notices show at once. More would hide the screen. */
const MOST = 2;

export class SideNotices {
  /** The oldest first. */
  all = $state.raw<Shown[]>([]);
  /** The newest. */
  readonly newest: SideNotice | undefined = $derived(this.all.at(-1)?.content);
  #key = 0;
  #waiting: SideNotice[] = [];

  show(content: SideNotice): void {
    // Another misread replaces the last one.
    if (content.jenis !== 'tersusul') this.#drop((shown) => shown.content.jenis !== 'tersusul');
    if (this.all.length < MOST) this.#put(content);
    else this.#waiting.push(content);
  }

  hide(key: number): void {
    this.#drop((shown) => shown.key === key);
    const next = this.#waiting.shift();
    if (next) this.#put(next);
  }

  /** Clears misreads for the next guest. Notices of scans that waited stay. */
  next(): void {
    this.#drop((shown) => shown.content.jenis === 'asing' || shown.content.jenis === 'tak_terbaca');
  }

  clear(): void {
    this.#waiting = [];
    this.#drop(() => true);
  }

  #put(content: SideNotice): void {
    const key = (this.#key += 1);
    const timer = setTimeout(() => this.hide(key), SHOWN_MS);
    this.all = [...this.all, { key, content, timer }];
  }

  #drop(goes: (shown: Shown) => boolean): void {
    for (const { timer } of this.all.filter(goes)) clearTimeout(timer);
    this.all = this.all.filter((shown) => !goes(shown));
  }
}

/** The notice after `now` took `before` back. `restored`: the visit that `before` had replaced. */
export function undoneNotice(before: JanjiTemu, now: JanjiTemu, restored?: Restored): SideNotice {
  const said = { jenis: 'diurungkan', tamu: tamuName(before), guru: guruName(before) } as const;
  if (restored === 'gagal') return { ...said, what: 'semula_gagal' };
  if (restored) return { ...said, what: 'semula', guru: guruName(restored) };
  if (before.status !== 'selesai') return { ...said, what: 'datang' };
  return { ...said, what: now.status === 'menunggu' ? 'menunggu' : 'bertemu' };
}
