/** The pop-up's page: the arrivals of whoever is signed in, and nothing else. */
import { host, type Update } from '../host';
import { kabarTiba } from '../i18n/kabar';
import type { Sesi } from '../shared/sesi.svelte';
import { bunyiTiba, keptVolume } from '../shared/bunyi';
import { pengumuman } from '../shared/pengumuman.svelte';
import { Saluran } from '../shared/saluran.svelte';
import { Tumpukan } from '../shared/tumpukan.svelte';

export class Popup {
  readonly tumpukan = new Tumpukan();
  readonly saluran = new Saluran((update) => this.#take(update));

  start(): void {
    this.saluran.start();
  }

  stop(): void {
    this.saluran.stop();
    this.tumpukan.clear();
  }

  /** Nothing is on its way to the screen, so that a window without a card is there for nothing. */
  tenang(tahap: Sesi['tahap']): boolean {
    if (tahap === 'masuk') return this.saluran.tersambung || this.saluran.coba_pada > 0;
    return tahap !== 'mulai';
  }

  #take(update: Update): void {
    this.tumpukan.take(update);
    // The window is kept and only hidden, so that the next guest finds it at once.
    if (update.type !== 'alert' || !this.tumpukan.find(update.data.id)) return;
    pengumuman.say(kabarTiba(update.data));
    host.popup?.raise();
    bunyiTiba(keptVolume());
  }
}
