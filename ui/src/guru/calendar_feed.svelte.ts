/** The guru's own calendar feed: made, copied, renewed, switched off. */
import type { Kalender } from '../api/ahead';
import { endKalender, getKalender, renewKalender } from '../api/kalender';
import type { Failure, Result } from '../api/result';
import { host } from '../host';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/guru';
import { Loading } from '../shared/loading.svelte';
import { toast } from '../shared/toast.svelte';

const NONE: Kalender = { url: null, dibuat_pada: null };

export class CalendarFeed {
  kalender = $state.raw<Kalender>(NONE);
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
    if (await this.#do('mati', async () => toNone(await endKalender()))) {
      this.kalender = NONE;
      toast.show(t.kalender.dimatikan);
    }
  }

  async copy(): Promise<void> {
    this.message = '';
    if (!this.kalender.url) return;
    if (await host.outlet.copyText(this.kalender.url)) toast.show(t.kalender.tersalin);
    else this.message = t.kalender.gagal_salin;
  }

  async #do(busy: 'baru' | 'mati', work: () => Promise<Result<Kalender>>): Promise<Kalender | undefined> {
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

function toNone(ended: Result<void>): Result<Kalender> {
  return ended.ok ? { ok: true, data: NONE } : ended;
}
