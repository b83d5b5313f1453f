/** One message by one channel, to see whether it works. */
import { trySaluran } from '../../api/saluran';
import type { Saluran } from '../../api/types';
import { failureText, fieldTexts } from '../../i18n/failure';
import { t } from '../../i18n/admin_setelan';
import { t as pesan_words } from '../../i18n/admin_pesan';
import { p } from '../../i18n/pesan';

export class Trial {
  tujuan = $state('');
  busy = $state(false);
  /** What is wrong with the destination. */
  error = $state('');
  done_text = $state('');
  /** Why it did not leave. */
  message = $state('');

  constructor(private readonly saluran: Saluran) {}

  typed(): void {
    this.error = '';
    this.done_text = '';
    this.message = '';
  }

  async send(): Promise<void> {
    if (this.busy) return;
    this.typed();
    const tujuan = this.tujuan.trim();
    if (!tujuan) {
      this.error = t.uji.kosong;
      return;
    }
    this.busy = true;
    const tried = await trySaluran(this.saluran, tujuan);
    this.busy = false;
    if (!tried.ok) {
      this.error = fieldTexts(tried.failure)['tujuan'] ?? '';
      if (!this.error) this.message = failureText(tried.failure);
    } else if (tried.data.berhasil) this.done_text = t.uji.berhasil;
    else {
      const { alasan } = tried.data;
      this.message = alasan ? `${p.alasan[alasan]}. ${pesan_words.saluran.saran[alasan]}` : t.uji.gagal;
    }
  }
}
