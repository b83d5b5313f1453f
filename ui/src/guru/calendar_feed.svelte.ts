/** The guru's own calendar feed: made, copied, renewed, switched off. */
import { endKalender, getKalender, renewKalender } from '../api/kalender';
import type { Failure, Result } from '../api/result';
import type { KalenderSaya } from '../api/types';
import { host } from '../host';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/guru';
import { Loading } from '../shared/loading.svelte';
import { toast } from '../shared/toast.svelte';

const NONE: KalenderSaya = { url: null, dibuat_pada: null, hanya_di_sekolah: false };

export class CalendarFeed {
  kalender = $state.raw<KalenderSaya>(NONE);
  busy = $state<'baru' | 'mati'>();
  /** What did not work. */
  message = $state('');
  readonly loading = new Loading((isOver) => this.#load(isOver));

  /** Makes the address, or another one. */
  async renew(): Promise<void> {
    const had_one = this.kalender.dibuat_pada !== null;
    const made = await this.#do('baru', renewKalender);
    if (!made) return;
    this.kalender = made;
    if (had_one) toast.show(t.kalender.diganti);
  }

  async end(): Promise<void> {
    const ended = await this.#do('mati', endKalender);
    if (ended) {
      this.kalender = ended;
      toast.show(t.kalender.dimatikan);
    }
  }

  async copy(): Promise<void> {
    this.message = '';
    if (!this.kalender.url) return;
    if (await host.outlet.copyText(this.kalender.url)) toast.show(t.kalender.tersalin);
    else this.message = t.kalender.gagal_salin;
  }

  async #do(
    busy: 'baru' | 'mati',
    work: () => Promise<Result<KalenderSaya>>,
  ): Promise<KalenderSaya | undefined> {
    if (this.busy) return undefined;
    this.busy = busy;
    this.message = '';
    const done = await work();
    this.busy = undefined;
    if (done.ok) return done.data;
    this.#refuse(done.failure);
    return undefined;
  }

  #refuse(failure: Failure): void {
    this.message = failureText(failure);
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const loaded = await getKalender();
    if (loaded.ok && !isOver()) this.kalender = loaded.data;
    return loaded;
  }
}
