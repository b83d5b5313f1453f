/** Today's book, searched: a guest without a phone is found by name and registered by hand. */
import { codeOf } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/kiosk';
import type { Kiosk } from './kiosk.svelte';

export class CariHariIni {
  q = $state('');
  #id = $state<number>();
  sibuk = $state(false);
  pesan = $state('');

  readonly baris = $derived.by(() => {
    const words = fold(this.q).split(/\s+/).filter(Boolean);
    return this.kiosk.hariIni.baris.filter((row) => {
      const text = fold(
        [row.nama_tamu, row.nama_guru, row.keperluan, row.instansi ?? '', row.telp].join(' '),
      );
      return words.every((word) => text.includes(word.replace(/^0(?=\d{3})/, '')));
    });
  });
  readonly terpilih = $derived(this.baris.find((row) => row.id === this.#id));

  constructor(private readonly kiosk: Kiosk) {}

  pilih(row: JanjiTemu): void {
    this.#id = row.id;
    this.pesan = '';
  }

  async catat(row: JanjiTemu, status: 'menunggu' | 'selesai'): Promise<void> {
    this.sibuk = true;
    const failure = await this.kiosk.catat(row, status);
    this.sibuk = false;
    if (failure)
      this.pesan = codeOf(failure) === 'transisi_tidak_sah' ? t.cari.berubah : failureText(failure);
  }
}

/** Without case and accents. */
function fold(text: string): string {
  return text.toLocaleLowerCase('id').normalize('NFD').replace(/\p{M}/gu, '');
}
