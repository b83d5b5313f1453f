/** What was entered wrongly of a guest, or of one visit, is put right; what did not change is not sent. */
import type { KoreksiRequest, UbahTamuRequest } from '../api/requests';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { failureText, fieldTexts } from '../i18n/failure';
import { kt } from '../i18n/kerja_meja';
import { telpTampil } from '../shared/nama';
import type { Tindakan } from './tindakan.svelte';

const FIELDS = ['nama', 'telp', 'atas_nama', 'instansi', 'jumlah_orang'] as const;
type Field = (typeof FIELDS)[number];
type Salah = Partial<Record<Field, string>>;

export class Betulkan {
  nama = $state('');
  telp = $state('');
  atas_nama = $state('');
  instansi = $state('');
  jumlah_orang = $state('');
  sibuk = $state(false);
  pesan = $state('');
  salah = $state.raw<Salah>({});

  constructor(
    private readonly tindakan: Tindakan,
    private readonly row: JanjiTemu,
  ) {
    this.nama = row.nama_tamu;
    this.telp = telpTampil(row.telp);
    this.atas_nama = row.atas_nama ?? '';
    this.instansi = row.instansi ?? '';
    this.jumlah_orang = String(row.jumlah_orang);
  }

  typed(): void {
    this.salah = {};
    this.pesan = '';
  }

  /** Whether all of it is stored. */
  async simpan(): Promise<boolean> {
    this.typed();
    this.salah = this.#wrong();
    if (this.sibuk || Object.keys(this.salah).length > 0) return false;
    this.sibuk = true;
    const saved = await this.tindakan.betulkan(this.row, this.#tamu(), this.#kunjungan());
    this.sibuk = false;
    if (!saved.ok) this.#refused(saved.failure);
    return saved.ok;
  }

  #wrong(): Salah {
    const orang = Number(this.jumlah_orang);
    return {
      ...(this.nama.trim() ? {} : { nama: kt.betulkan.nama_kosong }),
      ...(Number.isInteger(orang) && orang >= 1 && orang <= 999
        ? {}
        : { jumlah_orang: kt.betulkan.jumlah_salah }),
    };
  }

  #tamu(): UbahTamuRequest {
    const { nama, telp, row } = this;
    return {
      ...(nama.trim() === row.nama_tamu ? {} : { nama: nama.trim() }),
      ...(digits(telp) === digits(telpTampil(row.telp)) ? {} : { telp: telp.trim() }),
    };
  }

  #kunjungan(): KoreksiRequest {
    const { atas_nama, instansi, jumlah_orang, row } = this;
    return {
      ...(atas_nama.trim() === (row.atas_nama ?? '') ? {} : { atas_nama: atas_nama.trim() }),
      ...(instansi.trim() === (row.instansi ?? '') ? {} : { instansi: instansi.trim() }),
      ...(Number(jumlah_orang) === row.jumlah_orang ? {} : { jumlah_orang: Number(jumlah_orang) }),
    };
  }

  #refused(failure: Failure): void {
    const errors = fieldTexts(failure);
    const salah: Salah = {};
    for (const field of FIELDS) if (errors[field]) salah[field] = errors[field];
    if (codeOf(failure) === 'sudah_ada') salah.telp = kt.betulkan.telp_dipakai;
    this.salah = salah;
    if (Object.keys(salah).length === 0) this.pesan = failureText(failure);
  }
}

function digits(telp: string): string {
  return telp.replace(/\D/g, '');
}
