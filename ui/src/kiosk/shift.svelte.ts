/** The receptionist's shift. The desk locks itself if nobody uses it for a while. Scanning goes on. */
import { host } from '../host';
import { sekolah } from '../i18n/sekolah.svelte';

const CHECK_MS = 5000;
/** Kept on this PC, so that a restart unlocks nothing. */
const KEPT = 'terkunci';

export class Shift {
  locked = $state(false);
  #last_ms = performance.now();
  /** What this PC has chosen for itself, in place of the school's setting. */
  readonly #own_ms: number;
  #chosen = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    const chosen = Number(host.choices.get('kunci_menit') ?? '');
    this.#own_ms = chosen > 0 ? chosen * 60_000 : 0;
  }

  get #idle_ms(): number {
    return this.#own_ms || sekolah.kiosk_diam_detik * 1000;
  }

  /** A shift begins. */
  start(onlock: () => void): void {
    clearInterval(this.#timer);
    this.locked = host.choices.get(KEPT) === 'ya';
    this.#last_ms = performance.now();
    this.#timer = setInterval(() => {
      if (this.locked || performance.now() - this.#last_ms < this.#idle_ms) return;
      this.#set(true);
      onlock();
    }, CHECK_MS);
  }

  /** Ends the shift. Whoever signs in next has an open desk. */
  stop(): void {
    clearInterval(this.#timer);
    this.#set(false);
  }

  /** Notes that somebody uses the desk. */
  touch(): void {
    this.#last_ms = performance.now();
  }

  /** Locks the desk because somebody chose it. */
  lock(): void {
    this.#chosen = true;
    this.#set(true);
  }

  /** Whether somebody chose the lock just now, so that the focus may go to the field. */
  takeChosen(): boolean {
    const chosen = this.#chosen;
    this.#chosen = false;
    return chosen;
  }

  unlock(): void {
    this.touch();
    this.#set(false);
  }

  #set(locked: boolean): void {
    this.locked = locked;
    host.choices.set(KEPT, locked ? 'ya' : 'tidak');
  }
}
