/** A plain browser: the page keeps the session, opens the socket and reads keyboard and camera itself. */
import { BrowserNotices } from './browser/notices';
import { outlet } from './browser/outlet';
import { BrowserSesi } from './browser/sesi';
import { BrowserSubscription } from './browser/subscription';
import { choices } from './choices';
import type { Update } from './contract.mjs';
import type { Host, Subscription } from './host';

export class BrowserHost implements Host {
  readonly choices = choices;
  readonly sesi = new BrowserSesi();
  readonly tamu = this.sesi.tamu;
  readonly notices = new BrowserNotices();
  readonly outlet = outlet;

  fetch(request: Request): Promise<Response> {
    return this.sesi.fetch(request);
  }

  clockOffsetMs(): number {
    return this.sesi.clock_offset_ms;
  }

  /** In a tab of its own, with a session of its own. */
  readonly openAdmin = (): void => {
    window.open('/admin', '_blank', 'noopener,noreferrer');
  };

  subscribe(listener: (update: Update) => void): Subscription {
    return new BrowserSubscription(this.sesi, listener);
  }
}
