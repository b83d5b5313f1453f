/** The pop-up's page: the arrivals of whoever is signed in, and nothing else. */
import { host, type Update } from '../host';
import { arrivalText } from '../i18n/arrivals';
import type { Sesi } from '../shared/sesi.svelte';
import { soundArrival, keptVolume } from '../shared/sounds';
import { announcer } from '../shared/announcer.svelte';
import { EventStream } from '../shared/event_stream.svelte';
import { CardStack } from '../shared/card_stack.svelte';

export class Popup {
  readonly stack = new CardStack();
  readonly events = new EventStream((update) => this.#take(update));

  start(): void {
    this.events.start();
  }

  stop(): void {
    this.events.stop();
    this.stack.clear();
  }

  /** Whether nothing is on its way to the screen, so that an empty window may close. */
  isQuiet(phase: Sesi['phase']): boolean {
    if (phase === 'masuk') return this.events.is_connected || this.events.retry_at > 0;
    return phase !== 'mulai';
  }

  #take(update: Update): void {
    this.stack.take(update);
    // The window is only hidden, so it comes up at once.
    if (update.type !== 'alert' || !this.stack.find(update.data.id)) return;
    announcer.say(arrivalText(update.data));
    host.popup?.raise();
    soundArrival(keptVolume());
  }
}
