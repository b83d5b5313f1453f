/** Whoever is signed in changes their own password: the old one, and the new one twice. */
import { ratePassword } from '../api/password';
import { common } from '../i18n/common';
import { PasswordRating } from './password_rating.svelte';
import type { Sesi } from './sesi.svelte';

/** Whose password it is: a user or a guest. */
export type PasswordOwner = Pick<Sesi, 'changePassword' | 'busy'>;

export class PasswordChange {
  lama = $state('');
  baru = $state('');
  ulang = $state('');
  errors = $state<{ lama?: string; baru?: string; ulang?: string; common?: string }>({});

  /** Shows nothing without an answer. The server judges again when the password is sent. */
  readonly rating = new PasswordRating(async (password) => {
    const rated = await ratePassword(password);
    return rated.ok ? rated.data : undefined;
  });

  constructor(private readonly sesi: PasswordOwner) {}

  /** Whether it is changed. */
  async submit(): Promise<boolean> {
    const { lama, baru, ulang, sesi } = this;
    this.errors = baru === ulang ? await sesi.changePassword(lama, baru) : { ulang: common.ganti.beda };
    return Object.keys(this.errors).length === 0;
  }
}
