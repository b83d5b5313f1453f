/** The full screen. Only somebody with the PIN can leave it. */
import { host } from '../host';
import { t } from '../i18n/kiosk';
import { common } from '../i18n/common';

class FullScreen {
  readonly is_available = host.desk !== undefined;
  /** The full screen was left, so the window can be closed. */
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

  /** Whether it is the PIN. If it is, the full screen comes back. */
  async checkPin(pin: string): Promise<boolean> {
    let is_right = false;
    await this.#ask(async () => {
      is_right = (await host.desk?.verifyPin(pin)) ?? false;
      if (is_right) this.is_left = false;
      else this.error = t.kunci.pin_salah;
    });
    return is_right;
  }

  /** Ends the program if the PIN is right. */
  async closeProgram(pin: string): Promise<void> {
    await this.#ask(async () => {
      if (!(await host.desk?.close(pin))) this.error = t.kunci.pin_salah;
    });
  }

  /** Clears the error before another question. */
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
