/** "I cannot come": a reason, if the guest gives one, and the decision. */
import { cancelKunjungan } from '../../api/kunjungan';
import { id } from '../../i18n/tamu.id';
import type { KunjunganPage } from './kunjungan_page.svelte';

export const REASONS = ['sakit', 'lain', 'waktu', 'telepon', 'tulis'] as const;
type Reason = (typeof REASONS)[number];

export const MAX_ALASAN = 200;

export class CancelForm {
  reason = $state<Reason>();
  words = $state('');

  /** What the guru reads: our own reasons in the school's language, others as the guest wrote them. */
  readonly alasan = $derived.by(() => {
    if (this.reason === undefined) return '';
    return this.reason === 'tulis' ? this.words.trim() : id.batalkan.sebab[this.reason];
  });

  constructor(private readonly page: KunjunganPage) {}

  /** Whether the visit is called off. */
  submit(): Promise<boolean> {
    return this.page.act(() => cancelKunjungan(this.page.kode, this.alasan));
  }
}
