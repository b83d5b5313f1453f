/** The full screen that guests cannot leave: with a PIN, and back again. */
import { host } from '../host';
import { t } from '../i18n/kiosk';
import { common } from '../i18n/common';

class LayarPenuh {
  readonly ada = host.desk !== undefined;
  /** It was left: the window can be closed now. */
  ditinggalkan = $state(false);
  busy = $state(false);
  errors = $state('');

  async tinggalkan(pin: string): Promise<void> {
    await this.#ask(async () => {
      this.ditinggalkan = (await host.desk?.leave(pin)) ?? false;
      this.errors = this.ditinggalkan ? '' : t.kunci.pin_salah;
    });
  }

  async kembali(): Promise<void> {
    await this.#ask(async () => {
      await host.desk?.enter();
      this.ditinggalkan = false;
    });
  }

  /** Whether it is the PIN; whoever knows it is back in the full screen. */
  async periksa(pin: string): Promise<boolean> {
    let is_right = false;
    await this.#ask(async () => {
      is_right = (await host.desk?.verifyPin(pin)) ?? false;
      if (is_right) this.ditinggalkan = false;
      else this.errors = t.kunci.pin_salah;
    });
    return is_right;
  }

  /** Where the PIN is right, the program ends. */
  async tutupProgram(pin: string): Promise<void> {
    await this.#ask(async () => {
      if (!(await host.desk?.close(pin))) this.errors = t.kunci.pin_salah;
    });
  }

  /** A question begins anew: what was wrong with the last answer is no matter of it. */
  forget(): void {
    this.errors = '';
  }

  async #ask(request: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.errors = '';
    try {
      await request();
    } catch {
      this.errors = common.gagal.lain;
    }
    this.busy = false;
  }
}

export const layarPenuh = new LayarPenuh();
