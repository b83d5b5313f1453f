/** The admin's page: brings events, messages and channels together. */
import type { Update } from '../host';
import { EventStream } from '../shared/event_stream.svelte';
import { Channels } from './setelan/channels.svelte';
import { PesanList } from './pesan/pesan_list.svelte';
import { Router } from './route.svelte';

export class Admin {
  readonly router = new Router();
  readonly channels = new Channels();
  readonly pesan_list = new PesanList();
  readonly events = new EventStream((update) => this.#take(update));
  /** Counts what the settings may have changed by. */
  settings_turn = $state(0);

  readonly #listeners = new Set<(update: Update) => void>();

  /** Tells the screen that is open what happens; answers how to end it. */
  listen(listener: (update: Update) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    this.events.start();
    void this.channels.loading.load();
  }

  stop(): void {
    this.events.stop();
    this.channels.clear();
    this.pesan_list.stop();
  }

  #take(update: Update): void {
    for (const listener of this.#listeners) listener(update);
    switch (update.type) {
      case 'connected':
        // No event tells what changed while there was no connection.
        void this.channels.loading.load();
        if (this.router.current.screen === 'pesan') void this.pesan_list.loading.load();
        break;
      case 'settings':
        this.settings_turn += 1;
        void this.channels.loading.load();
        break;
      case 'saluran':
        this.channels.told(update.data);
        break;
      case 'pesan':
        if (this.router.current.screen === 'pesan') this.pesan_list.told(update.data);
    }
  }
}
