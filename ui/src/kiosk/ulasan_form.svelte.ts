/** The review that a guest leaves at the desk. */
import { codeOf } from '../api/result';
import { createUlasan } from '../api/ulasan';
import type { JanjiTemu } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/kiosk';

/** How long the thanks stay. */
export const THANKS_SECONDS = 5;

export class UlasanForm {
  rating = $state(0);
  komentar = $state('');
  busy = $state(false);
  message = $state('');
  is_sent = $state(false);

  constructor(
    private readonly row: JanjiTemu,
    private readonly sent: () => void,
  ) {
    this.is_sent = Boolean(row.rating);
  }

  choose(rating: number): void {
    this.rating = rating;
    this.message = '';
  }

  async submit(): Promise<void> {
    if (!this.rating) {
      this.message = t.pulang.pilih_dulu;
      return;
    }
    this.busy = true;
    const left = await createUlasan(this.row.kode_qr, this.rating, this.komentar);
    this.busy = false;
    // The guest left one on the phone meanwhile.
    if (left.ok || codeOf(left.failure) === 'ulasan_sudah_ada') {
      this.is_sent = true;
      this.sent();
    } else this.message = failureText(left.failure);
  }
}
