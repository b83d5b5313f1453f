/** The school, where this PC keeps its guest book. */
import { t } from '../i18n/mulai';
import { StepForm, type FieldErrors } from './step_form.svelte';

type Zone = keyof typeof t.sekolah.zona_pilihan;

export const ZONES: Zone[] = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];

export class SekolahForm extends StepForm<'nama' | 'tempat'> {
  nama = $state('');
  tempat = $state(t.sekolah.tempat_biasa);
  zona_waktu = $state<Zone>(zoneOfThisPc());

  protected valueOf(field: 'nama' | 'tempat'): string {
    return this[field];
  }

  protected check(): FieldErrors<'nama' | 'tempat'> {
    return {
      ...(this.nama.trim() ? {} : { nama: t.sekolah.nama_kosong }),
      ...(this.tempat.trim() ? {} : { tempat: t.sekolah.tempat_kosong }),
    };
  }
}

/** This PC's zone, if it is one of the three. */
function zoneOfThisPc(): Zone {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return ZONES.find((zone) => zone === timeZone) ?? 'Asia/Jakarta';
}
