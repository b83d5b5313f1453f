/** Today's book, searched: a guest without a phone is found by name and registered by hand. */
import type { JanjiTemu } from '../api/types';
import { cocok } from '../shared/frasa';
import { namaTamu } from '../shared/nama';
import type { Kiosk } from './kiosk.svelte';
import { Pencatatan } from './pencatatan.svelte';

export class CariHariIni {
  q = $state('');
  #id = $state<number>();
  readonly pencatatan: Pencatatan;

  readonly baris = $derived.by(() => {
    // A number is kept as +62812…; nobody types it so.
    const q = this.q.replace(/(?<![\d+])0(?=\d{3})/g, '');
    return this.kiosk.hariIni.baris.filter((row) => {
      const { nama_tamu, nama_guru, jabatan_guru, keperluan, instansi, telp } = row;
      return cocok(
        [namaTamu(row), nama_tamu, nama_guru, jabatan_guru, keperluan, instansi, telp].join(' '),
        q,
      );
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
