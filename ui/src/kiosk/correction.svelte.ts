/** Corrects a guest or one visit. Sends only what changed. */
import type { KoreksiRequest, UbahTamuRequest } from '../api/requests';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { failureText, fieldTexts } from '../i18n/failure';
import { kt } from '../i18n/desk_work';
import { telpText } from '../shared/names';
import type { KunjunganMoves } from './kunjungan_moves.svelte';

const FIELDS = ['nama', 'telp', 'atas_nama', 'instansi', 'jumlah_orang'] as const;
type FieldName = (typeof FIELDS)[number];
type FieldErrors = Partial<Record<FieldName, string>>;

export class Correction {
  nama = $state('');
  telp = $state('');
  atas_nama = $state('');
  instansi = $state('');
  jumlah_orang = $state('');
  busy = $state(false);
  message = $state('');
  errors = $state.raw<FieldErrors>({});

  constructor(
    private readonly moves: KunjunganMoves,
    private readonly row: JanjiTemu,
  ) {
    this.nama = row.nama_tamu;
    this.telp = telpText(row.telp);
    this.atas_nama = row.atas_nama ?? '';
    this.instansi = row.instansi ?? '';
    this.jumlah_orang = String(row.jumlah_orang);
  }

  typed(): void {
    this.errors = {};
    this.message = '';
  }

  /** Whether everything is stored. */
  async save(): Promise<boolean> {
    this.typed();
    this.errors = this.#wrong();
    if (this.busy || Object.keys(this.errors).length > 0) return false;
    this.busy = true;
    const saved = await this.moves.correct(this.row, this.#tamu(), this.#kunjungan());
    this.busy = false;
    if (!saved.ok) this.#refused(saved.failure);
    return saved.ok;
  }

  #wrong(): FieldErrors {
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
      ...(digits(telp) === digits(telpText(row.telp)) ? {} : { telp: telp.trim() }),
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
    const refused = fieldTexts(failure);
    const errors: FieldErrors = {};
    for (const field of FIELDS) if (refused[field]) errors[field] = refused[field];
    if (codeOf(failure) === 'sudah_ada') errors.telp = kt.betulkan.telp_dipakai;
    this.errors = errors;
    if (Object.keys(errors).length === 0) this.message = failureText(failure);
  }
}

function digits(telp: string): string {
  return telp.replace(/\D/g, '');
}
