/** The review that a guest leaves on the own phone: stars, and a comment if there is something to say. */
import { codeOf } from '../../api/result';
import { createUlasan } from '../../api/ulasan';
import { failureText } from '../../i18n/failure';
import { t } from '../../i18n/tamu';

export class UlasanForm {
  rating = $state(0);
  komentar = $state('');
  busy = $state(false);
  message = $state('');

  constructor(private readonly kode: string) {}

  choose(rating: number): void {
    this.rating = rating;
    this.message = '';
  }

  /** Whether the visit is reviewed now. */
  async submit(): Promise<boolean> {
    if (!this.rating) {
      this.message = t.ulasan.pilih_dulu;
      return false;
    }
    if (this.busy) return false;
    this.busy = true;
    const left = await createUlasan(this.kode, this.rating, this.komentar);
    this.busy = false;
    // The guest left one at the desk meanwhile.
    if (left.ok || codeOf(left.failure) === 'ulasan_sudah_ada') return true;
    this.message = failureText(left.failure);
    return false;
  }
}
