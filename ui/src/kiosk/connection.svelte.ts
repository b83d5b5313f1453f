/** The desk's connection to the server: events, who is online, and what is wrong. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { call, client } from '../api/client';
import { isTrouble, type Failure } from '../api/result';
import { jittered, sleep } from '../api/retry';
import type { AlasanPesan, BackupAlarm, JanjiTemu, Saluran } from '../api/types';
import { host, type JournalLimit, type Luring, type Subscription, type Update } from '../host';
import { sekolah } from '../i18n/sekolah.svelte';

/** How often to ask while all is well, and how often while it is not. */
const PROBE_MS = 15_000;
const RETRY_MIN_MS = 2000;
const RETRY_MAX_MS = 10_000;
const SECOND_LOOK_MS = 700;

const ready = () => call(client.GET('/readyz'));

export type Outage = {
  reason: 'server' | 'database';
  /** The next attempt, by this PC's clock. */
  retry_at: number;
};

type Listener = {
  /** The connection stands again, or the school's settings are others. Loads what is on screen. */
  outdated(): void;
  appointment(row: JanjiTemu): void;
  /** The server has all that this desk had written down. What it told of visits meanwhile counts no more. */
  caughtUp(): void;
  /** Whatever happened. */
  told?(update: Update): void;
  /** Who is behind a unit; nobody is behind a guru. */
  behind?(id: number): readonly number[];
};

export class DeskConnection {
  readonly online = new SvelteSet<number>();
  /** Channels that send no messages now, and why. */
  readonly broken_channels = new SvelteMap<Saluran, AlasanPesan>();
  /** What is wrong with the backups. */
  backup_alarm = $state.raw<BackupAlarm>();
  /** The event stream stands. */
  is_connected = $state(false);
  outage = $state.raw<Outage>();
  is_retrying = $state(false);
  /** How the desk stands that goes on without a server. */
  luring = $state.raw<Luring>();
  /** What this place cannot promise a desk without a server. */
  limits = $state.raw<readonly JournalLimit[]>([]);
  /** Nobody answers, and this desk cannot go on by itself. */
  readonly is_stuck = $derived(this.outage !== undefined && !this.luring?.siap);

  #subscription: Subscription | undefined;
  #unwatch: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(private readonly listener: Listener) {}

  start(): void {
    this.stop();
    this.#subscription = host.subscribe(sekolah.followed((update) => this.#take(update)));
    this.#unwatch = host.watchJournal?.((limits) => (this.limits = limits));
    this.#schedule(PROBE_MS);
  }

  stop(): void {
    this.#subscription?.close();
    this.#unwatch?.();
    this.#subscription = undefined;
    clearTimeout(this.#timer);
    this.online.clear();
    this.broken_channels.clear();
    this.backup_alarm = undefined;
    this.is_connected = false;
    this.outage = undefined;
  }

  /** Whether something of this visit is written down here, and the server does not have it yet. */
  waits(id: number): boolean {
    return this.luring?.kunjungan.includes(id) ?? false;
  }

  /** Whether a guru is connected, or somebody behind a unit. */
  isOnline(id_guru: number): boolean {
    if (this.online.has(id_guru)) return true;
    return this.listener.behind?.(id_guru).some((id) => this.online.has(id)) ?? false;
  }

  /** Takes what the answer to an arrival says. A guru who was not told is not online. */
  told(id_guru: number, guru_terhubung: boolean): void {
    if (!guru_terhubung) this.online.delete(id_guru);
    else if (!this.is_connected) this.online.add(id_guru);
  }

  /** Looks for the cause after a request failed. */
  report(failure: Failure): void {
    if (isTrouble(failure) && !this.outage) void this.#probe();
  }

  /** Ends a wait between two attempts. */
  retryNow(): void {
    this.#attempt = 0;
    void this.#probe();
  }

  #take(update: Update): void {
    this.listener.told?.(update);
    switch (update.type) {
      case 'connected':
        this.is_connected = true;
        this.online.clear();
        for (const id of update.online) this.online.add(id);
        // The server tells anew what is broken.
        this.broken_channels.clear();
        this.backup_alarm = undefined;
        this.listener.outdated();
        break;
      case 'settings':
        if (this.#subscription) this.listener.outdated();
        break;
      case 'disconnected':
        // The server stops, or the network is gone. A probe tells which.
        if (this.is_connected) void this.#probe();
        this.is_connected = false;
        break;
      case 'appointment':
        this.listener.appointment(update.data);
        break;
      case 'luring': {
        const had = this.luring?.menunggu ?? 0;
        this.luring = update.data;
        if (had > 0 && update.data.menunggu === 0) this.listener.caughtUp();
        break;
      }
      case 'saluran': {
        const { nama, alasan } = update.data;
        if (alasan) this.broken_channels.set(nama, alasan);
        else this.broken_channels.delete(nama);
        break;
      }
      case 'cadangan':
        this.backup_alarm = update.data ?? undefined;
        break;
      case 'presence':
        if (update.data.online) this.online.add(update.data.id_pengguna);
        else this.online.delete(update.data.id_pengguna);
    }
  }

  async #probe(): Promise<void> {
    if (this.is_retrying) return;
    this.is_retrying = true;
    clearTimeout(this.#timer);
    let answer = await ready();
    if (!answer.ok && !this.outage) {
      // One failure is no outage: the PC may just have woken, or one packet was lost.
      await sleep(SECOND_LOOK_MS);
      answer = await ready();
    }
    this.is_retrying = false;
    if (!this.#subscription) return;
    if (answer.ok || !isTrouble(answer.failure)) {
      const was_away = this.outage !== undefined;
      this.outage = undefined;
      this.#attempt = 0;
      if (was_away) this.listener.outdated();
      if (!this.is_connected) this.#subscription.retryNow();
      this.#schedule(PROBE_MS);
      return;
    }
    const wait_ms = jittered(Math.min(RETRY_MIN_MS * 2 ** this.#attempt, RETRY_MAX_MS));
    this.#attempt += 1;
    const reason = answer.failure.kind === 'unavailable' ? 'database' : 'server';
    this.outage = { reason, retry_at: Date.now() + wait_ms };
    this.#schedule(wait_ms);
  }

  #schedule(wait_ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#probe(), wait_ms);
  }
}
