/** Today's book, searched: a guest without a phone is found by name and registered by hand. */
import type { JanjiTemu } from '../api/types';
import { namaTamu } from '../shared/nama';
import type { Kiosk } from './kiosk.svelte';
import { Pencatatan } from './pencatatan.svelte';

export class CariHariIni {
  q = $state('');
  #id = $state<number>();
  readonly pencatatan: Pencatatan;

  readonly baris = $derived.by(() => {
    const words = fold(this.q).split(/\s+/).filter(Boolean);
    return this.kiosk.hariIni.baris.filter((row) => {
      const text = fold(
        [
          namaTamu(row),
          row.nama_tamu,
          row.nama_guru,
          row.jabatan_guru,
          row.keperluan,
          row.instansi,
          row.telp,
        ].join(' '),
      );
      return words.every((word) => text.includes(word.replace(/^0(?=\d{3})/, '')));
    });
  });
  readonly terpilih = $derived(this.baris.find((row) => row.id === this.#id));

  constructor(private readonly kiosk: Kiosk) {
    this.pencatatan = new Pencatatan(kiosk);
  }

  pilih(row: JanjiTemu): void {
    this.#id = row.id;
    this.pencatatan.pesan = '';
  }
}

/** Without case and accents. */
function fold(text: string): string {
  return text.toLocaleLowerCase('id').normalize('NFD').replace(/\p{M}/gu, '');
}
