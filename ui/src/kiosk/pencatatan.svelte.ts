/** Arrival and departure registered by hand, and what is wrong where it did not work. */
import { codeOf } from '../api/result';
import type { JanjiTemu, Status } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/kiosk';
import type { Kiosk } from './kiosk.svelte';

export class Pencatatan {
  sibuk = $state(false);
  pesan = $state('');

  constructor(private readonly kiosk: Kiosk) {}

  async catat(row: JanjiTemu, status: Status): Promise<void> {
    this.sibuk = true;
    const failure = await this.kiosk.catat(row, status);
    this.sibuk = false;
    if (failure)
      this.pesan = codeOf(failure) === 'transisi_tidak_sah' ? t.cari.berubah : failureText(failure);
  }
}
