/** The book, searched and filtered: who is in the building, who is still to come, who is overdue, and tomorrow's. */
import { listDays } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { isoDate, tambahHari } from '../i18n/format';
import { cocok } from '../shared/frasa';
import { jam } from '../shared/jam.svelte';
import { namaTamu } from '../shared/nama';
import { diLokasi, isLewat } from './hari_ini.svelte';
import type { Kiosk } from './kiosk.svelte';
import type { Saring } from './layar';
import { Pencatatan } from './pencatatan.svelte';

export const SARING: Saring[] = ['semua', 'di_gedung', 'akan_datang', 'terlambat', 'besok'];

export class CariHariIni {
  q = $state('');
  saring = $state<Saring>('semua');
  /** Tomorrow's; nothing before it is fetched. */
  besok = $state.raw<JanjiTemu[]>();
  gagal = $state.raw<Failure>();
  #id = $state<number>();
  readonly pencatatan: Pencatatan;

  readonly #hari = $derived.by(() =>
    this.saring === 'besok' ? (this.besok ?? []) : this.kiosk.hariIni.baris,
  );
  readonly baris = $derived.by(() => {
    // A number is kept as +62812…; nobody types it so.
    const q = this.q.replace(/(?<![\d+])0(?=\d{3})/g, '');
    return this.#hari.filter((row) => {
      if (!fits(row, this.saring, jam.kini)) return false;
      const { nama_tamu, nama_guru, jabatan_guru, keperluan, instansi, telp } = row;
      return cocok(
        [namaTamu(row), nama_tamu, nama_guru, jabatan_guru, keperluan, instansi, telp].join(' '),
        q,
      );
    });
  });
  readonly terpilih = $derived(this.#hari.find((row) => row.id === this.#id));
  /** What is known at all: the list has been fetched. */
  readonly termuat = $derived.by(() =>
    this.saring === 'besok' ? this.besok !== undefined : this.kiosk.hariIni.segar_pada > 0,
  );
  /** The first row that is not over: the book opens there. */
  readonly kini = $derived(
    this.saring === 'semua' && !this.q
      ? this.baris.find((row) => Date.parse(row.jadwal) >= jam.kini)?.id
      : undefined,
  );

  constructor(
    private readonly kiosk: Kiosk,
    saring: Saring = 'semua',
  ) {
    this.pencatatan = new Pencatatan(kiosk);
    this.tampilkan(saring);
  }

  tampilkan(saring: Saring): void {
    this.saring = saring;
    if (saring === 'besok') void this.muatBesok();
  }

  async muatBesok(): Promise<void> {
    const tomorrow = tambahHari(isoDate(jam.kini), 1);
    const listed = await listDays(tomorrow, tomorrow);
    this.gagal = listed.ok ? undefined : listed.failure;
    if (listed.ok) this.besok = listed.data;
  }

  pilih(row: JanjiTemu): void {
    this.#id = row.id;
    this.pencatatan.pesan = '';
  }

  /** Enter: the only hit, where there is one. */
  pilihSatu(): boolean {
    const [only, ...others] = this.baris;
    if (!only || others.length > 0) return false;
    this.pilih(only);
    return true;
  }

  /** Something was done with a row: what is not told by events is fetched anew. */
  berubah(): void {
    if (this.saring === 'besok') void this.muatBesok();
    else void this.kiosk.hariIni.load();
  }
}

function fits(row: JanjiTemu, saring: Saring, kini: number): boolean {
  switch (saring) {
    case 'di_gedung':
      return diLokasi(row);
    case 'akan_datang':
      return row.status === 'belum' && !isLewat(row, kini);
    case 'terlambat':
      return isLewat(row, kini);
    default:
      return true;
  }
}
