/** Whoever is signed in changes their own password: the old one, and the new one twice. */
import { ratePassword } from '../api/sandi';
import { umum } from '../i18n/umum';
import { NilaiSandi } from './nilai_sandi.svelte';
import type { Sesi } from './sesi.svelte';

export class SandiBaru {
  lama = $state('');
  baru = $state('');
  ulang = $state('');
  salah = $state<{ lama?: string; baru?: string; ulang?: string; umum?: string }>({});

  /** Without an answer there is no word on it; whether it does is told when it is sent. */
  readonly penilaian = new NilaiSandi(async (password) => {
    const rated = await ratePassword(password);
    return rated.ok ? rated.data : undefined;
  });

  constructor(private readonly sesi: Sesi) {}

  /** Whether it is changed. */
  async kirim(): Promise<boolean> {
    const { lama, baru, ulang, sesi } = this;
    this.salah = baru === ulang ? await sesi.changePassword(lama, baru) : { ulang: umum.ganti.beda };
    return Object.keys(this.salah).length === 0;
  }
}
