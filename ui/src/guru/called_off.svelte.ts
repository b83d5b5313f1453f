/** Guests who called off by themselves, told until the guru has read it. */
import { SvelteMap } from 'svelte/reactivity';
import type { JanjiTemu } from '../api/types';
import { dayTimeText } from '../i18n/format';
import { t } from '../i18n/guru';
import { tamuName } from '../shared/names';

export class CalledOff {
  readonly #rows = new SvelteMap<number, JanjiTemu>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #told = new Set<number>();

  readonly list = $derived([...this.#rows.values()]);

  constructor(private readonly listener: (row: JanjiTemu) => void) {}

  /** An event brought this copy. What stood so before is no news. */
  told(before: JanjiTemu | undefined, now: JanjiTemu): void {
    if (before?.status === 'batal') return;
    this.#note(now);
  }

  /** A list or an event brought a newer copy. */
  changed(before: JanjiTemu, now: JanjiTemu): void {
    if (before.status !== 'batal') this.#note(now);
  }

  close(id: number): void {
    this.#rows.delete(id);
  }

  clear(): void {
    this.#rows.clear();
    this.#told.clear();
  }

  #note(row: JanjiTemu): void {
    if (row.status !== 'batal' || !row.batal_oleh_tamu || this.#told.has(row.id)) return;
    this.#told.add(row.id);
    this.#rows.set(row.id, row);
    this.listener(row);
  }
}

/** Who cannot come, when, and why. */
export function calledOffText(row: JanjiTemu): string {
  const text = t.dibatalkan_tamu.teks(tamuName(row), dayTimeText(row.tanggal, row.waktu));
  return row.alasan ? `${text} ${t.rincian.alasan}: ${row.alasan}` : text;
}
