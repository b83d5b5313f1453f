/** Who is signed in on this page, with signing in and out. */
import { codeOf, type Failure } from '../api/result';
import type { Pengguna, Role } from '../api/types';
import { host } from '../host';
import { failureText, fieldTexts } from '../i18n/failure';
import { common } from '../i18n/common';

type Phase =
  /** Asking whether a session was kept. */
  | 'mulai'
  | 'keluar'
  /** Signed in, but only to change the temporary password. */
  | 'wajib_ganti_password'
  | 'masuk';

export class Sesi {
  pengguna = $state.raw<Pengguna>();
  is_starting = $state(true);
  busy = $state(false);
  /** What to tell the person who signs in. */
  message = $state('');
  /** The server could not be asked whether a session was kept. */
  unreachable = $state.raw<Failure>();
  /** The temporary password of this sign-in, so that nobody types it twice. */
  #temporary = $state('');

  /** Changing the password begins with the old one. */
  readonly asks_old: boolean = $derived(!this.#temporary);
  readonly phase: Phase = $derived.by(() => {
    if (this.is_starting) return 'mulai';
    if (!this.pengguna) return 'keluar';
    return this.pengguna.wajib_ganti_password ? 'wajib_ganti_password' : 'masuk';
  });

  /** Only these roles work with this surface. */
  constructor(private readonly roles: Role[]) {
    host.sesi.watch((status) => {
      this.pengguna = status.status === 'in' && this.#fits(status.pengguna) ? status.pengguna : undefined;
      if (status.status === 'out' && status.reason === 'ended') this.message = common.masuk.berakhir;
    });
    void this.restore();
  }

  async restore(): Promise<void> {
    const kept = await host.sesi.restore();
    this.unreachable = kept.ok ? undefined : kept.failure;
    // Without an answer the session may still be good, so it is asked for again.
    if (kept.ok) this.is_starting = false;
    else setTimeout(() => void this.restore(), 3000);
  }

  async login(email: string, password: string): Promise<void> {
    this.busy = true;
    this.message = '';
    const entered = await host.sesi.login(email.trim(), password);
    if (!entered.ok) {
      this.message = loginText(entered.failure);
    } else if (!this.#fits(entered.data)) {
      await host.sesi.logout();
      this.message = common.masuk.peran;
    } else if (entered.data.wajib_ganti_password) {
      this.#temporary = password;
    }
    this.busy = false;
  }

  /** Checks the password of the signed-in user; true if it is right. */
  async confirm(password: string): Promise<boolean> {
    const { pengguna } = this;
    if (!pengguna) return false;
    await this.login(pengguna.email, password);
    return this.message === '';
  }

  /** What is wrong with each field; empty if it worked. `lama` counts only if it is asked for. */
  async changePassword(
    lama: string,
    baru: string,
  ): Promise<{ lama?: string; baru?: string; common?: string }> {
    this.busy = true;
    const changed = await host.sesi.changePassword(this.#temporary || lama, baru);
    this.busy = false;
    if (changed.ok) {
      this.#temporary = '';
      return {};
    }
    const { failure } = changed;
    if (codeOf(failure) === 'kredensial_salah') {
      this.#temporary = '';
      return { lama: common.ganti.lama_salah };
    }
    if (failure.kind !== 'problem') return { common: failureText(failure) };
    const field = fieldTexts(failure)['password_baru'];
    return field ? { baru: field } : { common: loginText(failure) };
  }

  async logout(): Promise<void> {
    this.message = '';
    this.#temporary = '';
    await host.sesi.logout();
  }

  #fits(pengguna: Pengguna): boolean {
    return this.roles.includes(pengguna.role);
  }
}

function loginText(failure: Failure): string {
  switch (codeOf(failure)) {
    case 'kredensial_salah':
      return common.masuk.salah;
    case 'password_sementara_berakhir':
      return common.masuk.sementara_berakhir;
    default:
      return failureText(failure);
  }
}
