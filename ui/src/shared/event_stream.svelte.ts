/** The event stream of one page: whether it stands, when it is tried again, and who listens. */
import { host, type Subscription, type Update } from '../host';
import { sekolah } from '../i18n/sekolah.svelte';

export class EventStream {
  is_connected = $state(false);
  /** It was connected before, so a missing connection is a loss. */
  was_connected = $state(false);
  /** The next attempt, by this PC's clock; 0 if there is none. */
  retry_at = $state(0);
  #subscription: Subscription | undefined;

  constructor(private readonly listener: (update: Update) => void) {}

  start(): void {
    this.stop();
    this.#subscription = host.subscribe(sekolah.followed((update) => this.#take(update)));
  }

  stop(): void {
    this.#subscription?.close();
    this.#subscription = undefined;
    this.is_connected = false;
    this.was_connected = false;
    this.retry_at = 0;
  }

  /** Ends a wait between two attempts. */
  retryNow(): void {
    this.retry_at = 0;
    this.#subscription?.retryNow();
  }

  #take(update: Update): void {
    // What was asked before the end is nobody's any more.
    if (update.type === 'settings' && !this.#subscription) return;
    if (update.type === 'connected') {
      this.is_connected = true;
      this.was_connected = true;
      this.retry_at = 0;
    } else if (update.type === 'disconnected') {
      this.is_connected = false;
      this.retry_at = update.retry_at;
    }
    this.listener(update);
  }
}
