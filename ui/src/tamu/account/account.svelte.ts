/** The guest who is signed in on this phone: signing in, the first password, signing out. */
import { codeOf, type Failure } from '../../api/result';
import type { Tamu } from '../../api/types';
import { host, type TamuSesi } from '../../host';
import { common } from '../../i18n/common';
import { failureText, fieldTexts } from '../../i18n/failure';
import { sekolah } from '../../i18n/sekolah.svelte';
import { t } from '../../i18n/tamu_account';
import { forgetEveryKunjungan } from '../visit/saved_kunjungan';

type Phase =
  /** Asking whether a session was kept. */
  | 'mulai'
  | 'keluar'
  /** Signed in, but only to change the first password. */
  | 'wajib_ganti_password'
  | 'masuk'
  /** The guest's data was erased. */
  | 'dihapus';

type SignInErrors = { telp?: string; password?: string };

const RETRY_MS = 3000;

export class Account {
  tamu = $state.raw<Tamu>();
  busy = $state(false);
  errors = $state<SignInErrors>({});
  /** What to tell whoever signs in. */
  message = $state('');
  /** The server could not be asked whether a session was kept. */
  unreachable = $state.raw<Failure>();
  #is_starting = $state(true);
  #must_change = $state(false);
  #is_erased = $state(false);
  /** The first password of this sign-in, so that nobody types it twice. */
  #first = $state('');

  /** Changing the password begins with the old one. */
  readonly asks_old: boolean = $derived(!this.#first);
  readonly phase: Phase = $derived.by(() => {
    if (this.#is_erased) return 'dihapus';
    if (this.#is_starting) return 'mulai';
    if (!this.tamu) return 'keluar';
    return this.#must_change ? 'wajib_ganti_password' : 'masuk';
  });

  constructor(private readonly sesi: TamuSesi = guestSession()) {
    sesi.watch((reason) => {
      this.#leave();
      if (reason === 'ended') this.message = t.masuk.berakhir;
    });
  }

  async start(): Promise<void> {
    const kept = await this.sesi.restore();
    this.unreachable = kept.ok ? undefined : kept.failure;
    if (!kept.ok) {
      // The session may still be good, so it is asked for again.
      setTimeout(() => void this.start(), RETRY_MS);
      return;
    }
    this.#is_starting = false;
    if (kept.data) this.#enter(kept.data);
  }

  async login(telp: string, password: string): Promise<void> {
    this.message = '';
    this.errors = {};
    if (!telp.trim() || !password) {
      this.errors = telp.trim() ? { password: t.masuk.kosong } : { telp: t.masuk.kosong };
      return;
    }
    this.busy = true;
    const entered = await this.sesi.login(telp.trim(), password);
    this.busy = false;
    if (entered.ok) {
      this.#first = password;
      this.#enter(entered.data);
    } else this.errors = signInErrors(entered.failure);
  }

  /** What is wrong with each field; empty if it worked. `lama` counts only if it is asked for. */
  async changePassword(
    lama: string,
    baru: string,
  ): Promise<{ lama?: string; baru?: string; common?: string }> {
    this.busy = true;
    const changed = await this.sesi.changePassword(this.#must_change ? this.#first || lama : lama, baru);
    this.busy = false;
    if (changed.ok) {
      this.#first = '';
      this.#must_change = false;
      return {};
    }
    const { failure } = changed;
    if (codeOf(failure) === 'kredensial_salah') {
      this.#first = '';
      return { lama: common.ganti_sandi.lama_salah };
    }
    const field = fieldTexts(failure)['password_baru'];
    return field ? { baru: field } : { common: failureText(failure) };
  }

  /** The server lets nothing else be done before the password is changed. */
  refused(failure: Failure): void {
    if (codeOf(failure) === 'wajib_ganti_password') this.#must_change = true;
    else this.#first = '';
  }

  async logout(): Promise<void> {
    this.message = '';
    await this.sesi.logout();
    this.#leave();
  }

  /** The server erased the guest, which ended the session. */
  async erased(): Promise<void> {
    await this.logout();
    this.#is_erased = true;
  }

  #enter(tamu: Tamu): void {
    this.tamu = tamu;
    // A session is told the school's place and zone.
    sekolah.refresh();
  }

  #leave(): void {
    this.tamu = undefined;
    this.#first = '';
    this.#must_change = false;
    forgetEveryKunjungan();
  }
}

function signInErrors(failure: Failure): SignInErrors {
  switch (codeOf(failure)) {
    // The same words whether the number is unknown or the password is wrong.
    case 'kredensial_salah':
      return { password: t.masuk.salah };
    case 'password_sementara_berakhir':
      return { password: t.masuk.sementara_berakhir };
    case 'isian_tidak_valid': {
      const { telp } = fieldTexts(failure);
      return telp === undefined ? { password: t.masuk.salah } : { telp };
    }
    default:
      return { password: failureText(failure) };
  }
}

function guestSession(): TamuSesi {
  if (!host.tamu) throw new Error('guests sign in in a browser only');
  return host.tamu;
}
