/** The event stream of one page: whether it stands, when it is tried again, and who listens. */
import { host, type Subscription, type Update } from '../host';

export class Saluran {
  tersambung = $state(false);
  /** It stood before: what is missing now is a loss, not a beginning. */
  pernah = $state(false);
  /** The next attempt, by this PC's clock; 0 while there is none to wait for. */
  coba_pada = $state(0);
  #subscription: Subscription | undefined;

  constructor(private readonly listener: (update: Update) => void) {}

  start(): void {
    this.stop();
    this.#subscription = host.subscribe((update) => this.#take(update));
  }

  stop(): void {
    this.#subscription?.close();
    this.#subscription = undefined;
    this.tersambung = false;
    this.pernah = false;
    this.coba_pada = 0;
  }

  /** Ends a wait between two attempts. */
  retryNow(): void {
    this.coba_pada = 0;
    this.#subscription?.retryNow();
  }

  #take(update: Update): void {
    if (update.type === 'connected') {
      this.tersambung = true;
      this.pernah = true;
      this.coba_pada = 0;
    } else if (update.type === 'disconnected') {
      this.tersambung = false;
      this.coba_pada = update.retry_at;
    }
    this.listener(update);
  }
}
