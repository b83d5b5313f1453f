/** The full screen that guests cannot leave: with a PIN, and back again. */
import { host } from '../host';
import { t } from '../i18n/kiosk';
import { common } from '../i18n/common';

class FullScreen {
  readonly is_available = host.desk !== undefined;
  /** It was left: the window can be closed now. */
  is_left = $state(false);
  busy = $state(false);
  error = $state('');

  async leave(pin: string): Promise<void> {
    await this.#ask(async () => {
      this.is_left = (await host.desk?.leave(pin)) ?? false;
      this.error = this.is_left ? '' : t.kunci.pin_salah;
    });
  }

  async restore(): Promise<void> {
    await this.#ask(async () => {
      await host.desk?.enter();
      this.is_left = false;
    });
  }

  /** Whether it is the PIN; whoever knows it is back in the full screen. */
  async checkPin(pin: string): Promise<boolean> {
    let is_right = false;
    await this.#ask(async () => {
      is_right = (await host.desk?.verifyPin(pin)) ?? false;
      if (is_right) this.is_left = false;
      else this.error = t.kunci.pin_salah;
    });
    return is_right;
  }

  /** Where the PIN is right, the program ends. */
  async closeProgram(pin: string): Promise<void> {
    await this.#ask(async () => {
      if (!(await host.desk?.close(pin))) this.error = t.kunci.pin_salah;
    });
  }

  /** A question begins anew: what was wrong with the last answer is no matter of it. */
  forget(): void {
    this.error = '';
  }

  async #ask(request: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = '';
    try {
      await request();
    } catch {
      this.error = common.gagal.lain;
    }
    this.busy = false;
  }
}

export const fullScreen = new FullScreen();
