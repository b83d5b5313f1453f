/** One place on screen where something is done by hand: what is under way, and what went wrong. */
import { codeOf, type Failure, type Result } from '../api/result';
import type { JanjiTemu, Kedatangan, Status } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/kiosk';
import { kt } from '../i18n/desk_work';
import type { Kiosk } from './kiosk.svelte';

export class PendingMove {
  /** What is being done. */
  running = $state<Status | 'urung' | 'beri_tahu'>();
  message = $state('');
  readonly busy = $derived(this.running !== undefined);

  constructor(private readonly kiosk: Kiosk) {}

  moveTo(row: JanjiTemu, status: Status, alasan?: string): Promise<Kedatangan | undefined> {
    return this.#do(status, () => this.kiosk.moves.moveTo(row, status, alasan));
  }

  takeBack(row: JanjiTemu, to: Status): Promise<Kedatangan | undefined> {
    return this.#do('urung', () => this.kiosk.moves.takeBack(row, to));
  }

  alertAgain(row: JanjiTemu): Promise<Kedatangan | undefined> {
    return this.#do('beri_tahu', () => this.kiosk.moves.alertAgain(row));
  }

  /** What was done; undefined if it failed or something else is under way. */
  async #do<T>(
    running: NonNullable<this['running']>,
    work: () => Promise<Result<T>>,
  ): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.running = running;
    this.message = '';
    const done = await work();
    this.running = undefined;
    if (done.ok) return done.data;
    this.message = this.#text(running, done.failure);
    return undefined;
  }

  #text(running: this['running'], failure: Failure): string {
    if (codeOf(failure) !== 'transisi_tidak_sah') return failureText(failure);
    return running === 'urung' ? kt.urung.terlambat : t.cari.berubah;
  }
}
