/** What a guru answers, by its kind, in the language of whoever reads it. */
import { dictionary } from './language.svelte';

const id = {
  ke_lobi: 'Saya ke lobi',
  sebentar: (menit: number) => `${menit} menit lagi`,
  antar: (tempat: string) => `Antar ke ${tempat}`,
  antar_saja: 'Antar ke ruang',
  tidak_bisa: 'Tidak bisa bertemu',
};

const en: typeof id = {
  ke_lobi: 'I am coming to the lobby',
  sebentar: (menit) => `In ${menit} ${menit === 1 ? 'minute' : 'minutes'}`,
  antar: (tempat) => `Bring to ${tempat}`,
  antar_saja: 'Bring to the room',
  tidak_bisa: 'Cannot meet',
};

export const tanggapanWords = dictionary(id, en);
