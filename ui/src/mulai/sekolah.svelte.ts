/** The school, where this PC keeps its guest book. */
import { t } from '../i18n/mulai';
import { Formulir, type FieldErrors } from './formulir.svelte';

export type Zona = keyof typeof t.sekolah.zona_pilihan;

export const ZONA: Zona[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

export class FormulirSekolah extends Formulir<'nama' | 'tempat'> {
  nama = $state('');
  tempat = $state(t.sekolah.tempat_biasa);
  zona_waktu = $state<Zona>(zonaPcIni());

  protected content(field: 'nama' | 'tempat'): string {
    return this[field];
  }

  protected periksa(): FieldErrors<'nama' | 'tempat'> {
    return {
      ...(this.nama.trim() ? {} : { nama: t.sekolah.nama_kosong }),
      ...(this.tempat.trim() ? {} : { tempat: t.sekolah.tempat_kosong }),
    };
  }
}

/** As this PC's clock is set, where that is one of the three. */
function zonaPcIni(): Zona {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return ZONA.find((zona) => zona === timeZone) ?? 'Asia/Jakarta';
}
