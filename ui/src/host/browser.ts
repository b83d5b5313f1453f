/** A plain browser: the page keeps the session, opens the socket and reads keyboard and camera itself. */
import { BrowserNotices } from './browser/notices';
import { outlet } from './browser/outlet';
import { BrowserSesi } from './browser/sesi';
import { BrowserSubscription } from './browser/subscription';
import type { Meja } from './browser/meja/meja';
import { choices } from './choices';
import type { Update } from './contract.mjs';
import type { Host, Subscription } from './host';
import type { JournalLimit } from './journal';

export class BrowserHost implements Host {
  readonly choices = choices;
  readonly sesi = new BrowserSesi();
  readonly tamu = this.sesi.tamu;
  readonly notices = new BrowserNotices();
  readonly outlet = outlet;

  #meja: Promise<Meja> | undefined;
  journal: Meja | undefined;

  /** Loads the desk that goes on without a server. Only the kiosk's page needs it. */
  openDesk(): void {
    this.#meja = import('./browser/meja/meja').then(({ Meja }) => (this.journal = new Meja(this.sesi)));
    // A browser that cannot load it has a desk that works as long as the server is there.
    this.#meja.catch(() => undefined);
    this.sesi.goOnWith(() => this.#meja?.then((meja) => meja.pengguna()));
    this.sesi.watch(({ status, ...more }) => {
      if (status === 'out' && 'reason' in more && more.reason === 'signed_out')
        void this.journal?.signedOut();
    });
  }

  watchJournal(listener: (limits: readonly JournalLimit[]) => void): () => void {
    let unwatch = (): void => undefined;
    let is_closed = false;
    this.#meja?.then(
      (meja) => {
        if (!is_closed) unwatch = meja.watchLimits(listener);
      },
      () => listener(['tanpa_simpan']),
    );
    return () => {
      is_closed = true;
      unwatch();
    };
  }

  async fetch(request: Request): Promise<Response> {
    const meja = this.journal ?? (await this.#meja?.catch(() => undefined));
    return meja ? meja.fetch(request) : this.sesi.fetch(request);
  }

  clockOffsetMs(): number {
    return this.sesi.clock_offset_ms;
  }

  /** In a tab of its own, with a session of its own. */
  readonly openAdmin = (): void => {
    window.open('/admin', '_blank', 'noopener,noreferrer');
  };

  subscribe(listener: (update: Update) => void): Subscription {
    let unwatch: (() => void) | undefined;
    let is_closed = false;
    const watch = (meja: Meja): void => {
      if (!is_closed) unwatch = meja.watch(listener);
    };
    this.#meja?.then(watch, () => undefined);
    const subscription = new BrowserSubscription(this.sesi, (update) => {
      this.journal?.follow(update);
      listener(update);
    });
    return {
      retryNow: () => subscription.retryNow(),
      close: () => {
        is_closed = true;
        unwatch?.();
        subscription.close();
      },
    };
  }
}
