/**
 * One visit on a guest's phone: the newest copy of it, whether it is reachable, and what the guest does. What was heard
 * last stays on screen, and on the phone, until the server says otherwise.
 */
import { agree, getKunjungan } from '../../api/kunjungan';
import { codeOf, isTrouble, type Failure, type Result } from '../../api/result';
import type { Kunjungan } from '../../api/types';
import { failureText } from '../../i18n/failure';
import { isoDate } from '../../i18n/format';
import { sekolah } from '../../i18n/sekolah.svelte';
import { announcer } from '../../shared/announcer.svelte';
import { clock } from '../../shared/clock.svelte';
import { headlineOf } from './headline';
import { KunjunganFeed, type Socket } from './kunjungan_feed';
import { pollWait } from './poll_wait';
import { forgetKunjungan, savedKunjungan, saveKunjungan } from './saved_kunjungan';

/** Why there is nothing to show any more. */
type Closed = 'tidak_ada' | 'kedaluwarsa';

/** After a refusal that names no time. */
const REFUSED_WAIT_S = 30;

export class KunjunganPage {
  kunjungan = $state.raw<Kunjungan>();
  closed = $state<Closed>();
  /** Why the last question had no answer. */
  failure = $state.raw<Failure>();
  /** When the server last told how it stands, in milliseconds; 0 before that. */
  as_of = $state(0);
  is_asking = $state(false);
  /** What the guest does is under way. Asking meanwhile is another matter. */
  busy = $state(false);
  message = $state('');
  readonly #feed: KunjunganFeed;

  /** What is shown may be old. */
  readonly is_stale = $derived(this.kunjungan !== undefined && this.failure !== undefined);
  readonly is_today = $derived(this.kunjungan?.tanggal === isoDate(clock.now));
  readonly headline = $derived(this.kunjungan && headlineOf(this.kunjungan, clock.now));

  constructor(
    readonly kode: string,
    open?: () => Socket,
    private readonly isSeen = () => document.visibilityState !== 'hidden',
  ) {
    const listener = {
      ask: () => this.ask(),
      take: (row: Kunjungan) => this.take(row),
      wait: (is_live: boolean) => this.#wait(is_live),
    };
    this.#feed = new KunjunganFeed(kode, listener, open);
    const saved = savedKunjungan(kode);
    if (!saved) return;
    this.kunjungan = saved.kunjungan;
    this.as_of = saved.pada;
    sekolah.told({ ...saved.kunjungan, nama: saved.kunjungan.nama_sekolah });
  }

  start(): void {
    if (this.kode) this.#feed.start();
    else this.closed = 'tidak_ada';
  }

  stop(): void {
    this.#feed.stop();
  }

  readonly nudge = (): void => {
    if (this.isSeen()) this.#feed.nudge();
  };

  /** Asks the server how the visit stands; true if it answered. */
  async ask(): Promise<boolean> {
    this.is_asking = true;
    const told = await getKunjungan(this.kode);
    this.is_asking = false;
    if (told.ok) {
      this.take(told.data);
      return true;
    }
    const code = codeOf(told.failure);
    if (code === 'tidak_ditemukan' || code === 'kedaluwarsa') this.#close(code);
    else this.failure = told.failure;
    return false;
  }

  /** Takes a copy, unless a newer one is known. */
  take(row: Kunjungan): void {
    const before = this.kunjungan;
    if (before && before.versi > row.versi) return;
    const had_headline = this.headline?.title;
    this.kunjungan = row;
    this.failure = undefined;
    this.as_of = Date.now();
    sekolah.told({ ...row, nama: row.nama_sekolah });
    saveKunjungan(row, this.as_of);
    const headline = this.headline;
    if (before && headline && headline.title !== had_headline) {
      announcer.say([headline.title, ...headline.lines].join('. '));
    }
  }

  /** Agrees to the school's text. */
  async agree(): Promise<void> {
    const versi = this.kunjungan?.persetujuan?.versi;
    if (versi === undefined || this.busy) return;
    await this.act(() => agree(this.kode, versi));
  }

  /** Does what changes the visit, and takes what it became; whether it worked. */
  async act(request: () => Promise<Result<Kunjungan>>): Promise<boolean> {
    this.busy = true;
    this.message = '';
    const done = await request();
    this.busy = false;
    if (done.ok) {
      this.take(done.data);
      return true;
    }
    this.message = failureText(done.failure);
    // Somebody else changed it meanwhile, or the text is another one: the page shows how it stands now.
    if (!isTrouble(done.failure)) void this.ask();
    return false;
  }

  #close(why: Closed | 'tidak_ditemukan'): void {
    this.closed = why === 'kedaluwarsa' ? why : 'tidak_ada';
    this.kunjungan = undefined;
    forgetKunjungan(this.kode);
    this.stop();
  }

  #wait(is_live: boolean): number {
    const { failure, kunjungan } = this;
    if (failure?.kind === 'problem') return (failure.retry_after_s ?? REFUSED_WAIT_S) * 1000;
    const status = kunjungan?.status;
    return pollWait({
      is_live,
      is_seen: this.isSeen(),
      is_today: !kunjungan || this.is_today,
      is_open: status !== 'batal' && status !== 'selesai',
    });
  }
}
