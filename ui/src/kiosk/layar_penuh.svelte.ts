/** The full screen that guests cannot leave: with a PIN, and back again. */
import { host } from '../host';
import { t } from '../i18n/kiosk';
import { umum } from '../i18n/umum';

class LayarPenuh {
  readonly ada = host.desk !== undefined;
  /** It was left: the window can be closed now. */
  ditinggalkan = $state(false);
  sibuk = $state(false);
  salah = $state('');

  async tinggalkan(pin: string): Promise<void> {
    this.sibuk = true;
    try {
      this.ditinggalkan = (await host.desk?.leave(pin)) ?? false;
      this.salah = this.ditinggalkan ? '' : t.kunci.pin_salah;
    } catch {
      this.salah = umum.gagal.lain;
    }
    this.sibuk = false;
  }

  async kembali(): Promise<void> {
    this.sibuk = true;
    try {
      await host.desk?.enter();
      this.ditinggalkan = false;
      this.salah = '';
    } catch {
      this.salah = umum.gagal.lain;
    }
    this.sibuk = false;
  }
}

export const layarPenuh = new LayarPenuh();
