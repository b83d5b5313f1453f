/** Tells what the desk did to a guest on this screen, so that nobody vanishes unexplained. */
import { SvelteMap } from 'svelte/reactivity';
import type { JanjiTemu, Notifikasi, Status } from '../api/types';
import { deskNewsText } from '../i18n/desk_news';
import { tamuName } from './names';
import { announcer } from './announcer.svelte';

const SHOWN_MS = 30_000;

type DeskNewsItem = {
  id: number;
  nama: string;
  dari: Status;
  to: Status;
  versi: number;
  /** When it happened, in milliseconds, if that is known. */
  pada?: number;
};

export class DeskNews {
  readonly #items = new SvelteMap<number, DeskNewsItem>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- as above
  readonly #own = new Set<number>();
  #held = false;

  readonly list = $derived([...this.#items.values()].toReversed());

  /** Runs `work`. What it changes is no news, because this screen asked for it. */
  async own<Done>(id: number, work: () => Promise<Done>): Promise<Done> {
    this.#own.add(id);
    try {
      return await work();
    } finally {
      this.#own.delete(id);
    }
  }

  /** A guest who was `dari` on this screen now stands as in `row`. */
  moved(dari: Status, row: JanjiTemu): void {
    const pada = row.status === 'selesai' ? row.waktu_selesai : row.waktu_mulai;
    const timed = row.status === 'selesai' || row.status === 'sedang berlangsung';
    this.#note({
      ...{ id: row.id, nama: tamuName(row), dari, to: row.status, versi: row.versi },
      ...(timed && pada ? { pada: Date.parse(pada) } : {}),
    });
  }

  /** The same, as far as a notification tells it. */
  told(dari: Status, notifikasi: Pick<Notifikasi, 'id' | 'nama_tamu' | 'status' | 'versi'>): void {
    const { id, nama_tamu: nama, status: to, versi } = notifikasi;
    this.#note({ id, nama, dari, to, versi });
  }

  /** Takes where a visit stands now, and closes older news that says otherwise. */
  stands({ id, status, versi }: { id: number; status: Status; versi: number }): void {
    const known = this.#items.get(id);
    if (known && known.versi < versi && known.to !== status) this.close(id);
  }

  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#items.delete(id);
  }

  hold(): void {
    this.#held = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  release(): void {
    this.#held = false;
    for (const id of this.#items.keys()) this.#expire(id);
  }

  clear(): void {
    for (const id of [...this.#items.keys()]) this.close(id);
  }

  #note(item: DeskNewsItem): void {
    const { id, dari, to, pada } = item;
    if (dari === to || this.#own.has(id) || !deskNewsText(item)) return;
    const known = this.#items.get(id);
    // The same news came twice, the second time with less.
    if (known?.to === to && (known.pada ?? pada) === known.pada) return;
    if (known?.to !== to) announcer.say(deskNewsText(item) ?? '');
    this.close(id);
    this.#items.set(id, known?.to === to ? { ...item, dari: known.dari } : item);
    this.#expire(id);
  }

  #expire(id: number): void {
    if (this.#held || this.#timers.has(id)) return;
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), SHOWN_MS),
    );
  }
}
