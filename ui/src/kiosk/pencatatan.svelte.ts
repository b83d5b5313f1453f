/** What is done by hand from one place on the screen: which of it is under way, and what is wrong where it did not work. */
import { codeOf, type Failure, type Result } from '../api/result';
import type { JanjiTemu, Kedatangan, Status } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/kiosk';
import { kt } from '../i18n/desk_work';
import type { Kiosk } from './kiosk.svelte';

export class Pencatatan {
  /** What is being done. */
  kerja = $state<Status | 'urung' | 'beri_tahu'>();
  message = $state('');
  readonly busy = $derived(this.kerja !== undefined);

  constructor(private readonly kiosk: Kiosk) {}

  catat(row: JanjiTemu, status: Status, alasan?: string): Promise<Kedatangan | undefined> {
    return this.#do(status, () => this.kiosk.tindakan.catat(row, status, alasan));
  }

  takeBack(row: JanjiTemu, ke: Status): Promise<Kedatangan | undefined> {
    return this.#do('urung', () => this.kiosk.tindakan.takeBack(row, ke));
  }

  alertAgain(row: JanjiTemu): Promise<Kedatangan | undefined> {
    return this.#do('beri_tahu', () => this.kiosk.tindakan.alertAgain(row));
  }

  /** What was done; nothing where it did not work, or something else is under way. */
  async #do<T>(kerja: NonNullable<this['kerja']>, work: () => Promise<Result<T>>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.kerja = kerja;
    this.message = '';
    const done = await work();
    this.kerja = undefined;
    if (done.ok) return done.data;
    this.message = this.#text(kerja, done.failure);
    return undefined;
  }

  #text(kerja: this['kerja'], failure: Failure): string {
    if (codeOf(failure) !== 'transisi_tidak_sah') return failureText(failure);
    return kerja === 'urung' ? kt.urung.terlambat : t.cari.berubah;
  }
}
