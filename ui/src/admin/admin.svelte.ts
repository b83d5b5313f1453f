/** The admin's page: brings events, messages and channels together. */
import type { Role } from '../api/types';
import type { Update } from '../host';
import { EvakuasiList } from '../shared/evakuasi/evakuasi.svelte';
import { EventStream } from '../shared/event_stream.svelte';
import { Dasbor } from './dasbor/dasbor.svelte';
import { Channels } from './setelan/channels.svelte';
import { PesanList } from './pesan/pesan_list.svelte';
import { Router } from './route.svelte';
import { SCREENS } from './screens';

export class Admin {
  readonly router = new Router();
  readonly dasbor = new Dasbor();
  readonly evakuasi = new EvakuasiList();
  readonly channels = new Channels();
  readonly pesan_list = new PesanList();
  readonly events = new EventStream((update) => this.#take(update));
  /** Counts what the settings may have changed by. */
  settings_turn = $state(0);
  #is_admin = false;

  /** Nothing on screen follows who listens. */
  #listeners: ((update: Update) => void)[] = [];

  /** Tells the screen that is open what happens; answers how to end it. */
  listen(listener: (update: Update) => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }

  start(role: Role): void {
    this.#is_admin = role === 'Admin';
    this.events.start();
    this.#loadChannels();
    // In an emergency the server may be away.
    SCREENS.evakuasi.load().catch(() => undefined);
  }

  stop(): void {
    this.events.stop();
    this.channels.clear();
    this.pesan_list.stop();
    this.dasbor.forget();
    this.evakuasi.forget();
  }

  /** Channels are the admin's matter. */
  #loadChannels(): void {
    if (this.#is_admin) void this.channels.loading.load();
  }

  #take(update: Update): void {
    for (const listener of this.#listeners) listener(update);
    this.evakuasi.take(update);
    if (this.router.current.screen === 'dasbor') this.dasbor.take(update);
    switch (update.type) {
      case 'connected':
        // No event tells what changed while there was no connection.
        this.#loadChannels();
        if (this.router.current.screen === 'pesan') void this.pesan_list.loading.load();
        break;
      case 'settings':
        this.settings_turn += 1;
        this.#loadChannels();
        break;
      case 'saluran':
        if (this.#is_admin) this.channels.told(update.data);
        break;
      case 'pesan':
        if (this.router.current.screen === 'pesan') this.pesan_list.told(update.data);
    }
  }
}
