/** The arrivals that ask for the guru, one card each. The longest wait is on top. */
import { SvelteMap } from 'svelte/reactivity';
import { getJanjiTemu, updateStatus } from '../api/janji_temu';
import { markRead } from '../api/notifikasi';
import type { Failure } from '../api/result';
import type { JanjiTemu, Notifikasi } from '../api/types';
import type { Update } from '../host';
import { Reply, type ReplyBody } from './reply.svelte';
import { k } from '../i18n/arrivals';
import { DeskNews } from './desk_news.svelte';
import { tamuName } from './names';
import { announcer } from './announcer.svelte';

/** An answered card stays this long, in case it was the wrong button. */
const ANSWERED_MS = 4000;

/** A pointer or a focus that rests this long does not count any more. */
const REST_MS = 8000;

export class Card {
  notifikasi = $state.raw() as Notifikasi;
  /** The appointment, for its time and kind; undefined until it is loaded. */
  janji_temu = $state.raw<JanjiTemu>();
  readonly reply: Reply;
  /** The meeting is being started. */
  is_starting = $state(false);
  start_failure = $state.raw<Failure>();

  constructor(notifikasi: Notifikasi, told: (notifikasi: Notifikasi) => void) {
    this.notifikasi = notifikasi;
    this.reply = new Reply(notifikasi.id, told);
  }

  get id(): number {
    return this.notifikasi.id;
  }

  /** Nobody has told this guest anything yet. */
  get menunggu(): boolean {
    return this.notifikasi.status === 'menunggu' && this.reply.phase !== 'terkirim';
  }

  /** An answer is under way, refused, or just given. */
  get is_in_progress(): boolean {
    return this.reply.phase !== 'diam';
  }
}

export class CardStack {
  readonly #cards = new SvelteMap<number, Card>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  /** Somebody uses the cards, so none may go. */
  #held = false;
  readonly desk_news = new DeskNews();
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** The cards in order. An answered one keeps its place until it goes. */
  readonly cards = $derived(
    [...this.#cards.values()].sort((a, b) => a.notifikasi.waktu.localeCompare(b.notifikasi.waktu)),
  );

  /** `told` gets the server's word on an answer, `moved` a visit whose meeting has begun. */
  constructor(
    private readonly told: (notifikasi: Notifikasi) => void = () => undefined,
    private readonly moved: (row: JanjiTemu) => void = () => undefined,
  ) {}

  find(id: number): Card | undefined {
    return this.#cards.get(id);
  }

  take(update: Update): void {
    if (update.type === 'alert' || update.type === 'changed' || update.type === 'appointment')
      this.desk_news.stands(update.data);
    switch (update.type) {
      case 'alert':
        if (update.data.status === 'menunggu') this.#add(update.data);
        break;
      case 'changed':
        this.#changed(update.data);
        break;
      case 'removed':
        this.#handledElsewhere(update.id);
        break;
      case 'appointment':
        this.#moved(update.data);
    }
  }

  async sendReply(card: Card, body: ReplyBody): Promise<void> {
    this.#keep(card.id);
    await card.reply.send(body);
    this.#expire(card);
  }

  async takeBack(card: Card): Promise<void> {
    this.#keep(card.id);
    await card.reply.takeBack();
  }

  async retryNow(card: Card): Promise<void> {
    await card.reply.retryNow();
    this.#expire(card);
  }

  /** Starts the meeting. */
  async beginMeeting(card: Card): Promise<void> {
    if (card.is_starting) return;
    card.is_starting = true;
    card.start_failure = undefined;
    const begun = await this.desk_news.own(card.id, () => updateStatus(card.id, 'sedang berlangsung'));
    card.is_starting = false;
    if (!begun.ok) {
      card.start_failure = begun.failure;
      return;
    }
    this.close(card);
    announcer.say(k.pindah(begun.data.status, tamuName(begun.data)));
    this.moved(begun.data);
  }

  /** Marks an arrival as read, without an answer. */
  async markRead(card: Card): Promise<void> {
    this.close(card);
    const read = await markRead(card.id);
    if (read.ok) this.told(read.data);
  }

  /** Takes a card off the screen. The notification stays unread. */
  close(card: Card): void {
    this.#keep(card.id);
    if (card.reply.phase === 'gagal') card.reply.forget();
    this.#cards.delete(card.id);
  }

  closeAll(): void {
    for (const card of this.cards) this.close(card);
  }

  hold(): void {
    this.#held = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.release(), REST_MS);
    for (const id of [...this.#timers.keys()]) this.#keep(id);
  }

  release(): void {
    clearTimeout(this.#rest);
    this.#held = false;
    for (const card of this.cards) this.#expire(card);
  }

  clear(): void {
    for (const id of [...this.#timers.keys()]) this.#keep(id);
    for (const card of this.cards) card.reply.forget();
    this.#cards.clear();
    this.desk_news.clear();
  }

  #add(notifikasi: Notifikasi): void {
    const known = this.#cards.get(notifikasi.id);
    if (known && known.notifikasi.versi > notifikasi.versi) return;
    if (known && known.reply.phase !== 'terkirim') {
      known.notifikasi = notifikasi;
      return;
    }
    // The desk calls again, so the earlier answer is not enough.
    this.#keep(notifikasi.id);
    const card = new Card(notifikasi, (told) => {
      card.notifikasi = told;
      this.told(told);
    });
    this.#cards.set(notifikasi.id, card);
    void this.#complete(card);
  }

  async #complete(card: Card): Promise<void> {
    const found = await getJanjiTemu(card.id);
    if (found.ok) card.janji_temu = newer(card.janji_temu, found.data);
  }

  #changed(notifikasi: Notifikasi): void {
    const card = this.#cards.get(notifikasi.id);
    if (!card || card.notifikasi.versi > notifikasi.versi) return;
    card.notifikasi = notifikasi;
    if (notifikasi.status !== 'menunggu') {
      this.desk_news.told('menunggu', notifikasi);
      this.#over(card);
    } else if (notifikasi.is_read) this.#handledElsewhere(notifikasi.id);
  }

  #moved(row: JanjiTemu): void {
    const card = this.#cards.get(row.id);
    if (!card) return;
    card.janji_temu = newer(card.janji_temu, row);
    if (row.status === 'menunggu') return;
    this.desk_news.moved('menunggu', row);
    this.#over(card);
  }

  /** The guest is with the guru, or has left. */
  #over(card: Card): void {
    if (card.reply.phase === 'terkirim') this.#expire(card);
    else this.close(card);
  }

  /** A card that this screen works on stays until it is done. */
  #handledElsewhere(id: number): void {
    const card = this.#cards.get(id);
    if (card && !card.is_in_progress && !card.reply.taken_back) this.#cards.delete(id);
  }

  #keep(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #expire(card: Card): void {
    if (this.#held || card.reply.phase !== 'terkirim' || this.#timers.has(card.id)) return;
    const gone = () => {
      this.#timers.delete(card.id);
      if (card.reply.phase === 'terkirim') this.#cards.delete(card.id);
    };
    this.#timers.set(card.id, setTimeout(gone, ANSWERED_MS));
  }
}

function newer(known: JanjiTemu | undefined, row: JanjiTemu): JanjiTemu {
  return known && known.versi > row.versi ? known : row;
}
