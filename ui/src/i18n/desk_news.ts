/** What happened to a guest at the desk, in words for the guru. */
import type { Status } from '../api/types';
import { dictionary } from './language.svelte';
import { timeText } from './format';

const id = {
  judul: 'Kabar dari meja depan',
  pulang: (nama: string, jam: string) => `${nama} sudah pulang${jam && ` ${jam}`} · dicatat di meja`,
  mulai: (nama: string, jam: string) => `Pertemuan dengan ${nama} dimulai${jam && ` ${jam}`}`,
  batal_mulai: (nama: string) => `${nama} menunggu lagi · diubah di meja`,
  batal_datang: (nama: string) => `Kedatangan ${nama} dibatalkan di meja`,
  batal_pulang: (nama: string) => `${nama} belum pulang · dibetulkan di meja`,
  batal: (nama: string) => `Janji dengan ${nama} dibatalkan di meja`,
  tidak_hadir: (nama: string) => `${nama} dicatat tidak hadir di meja`,
  tutup: (teks: string) => `Tutup: ${teks}`,
};

const en: typeof id = {
  judul: 'News from the front desk',
  pulang: (nama, jam) => `${nama} has left${jam && ` at ${jam}`} · recorded at the desk`,
  mulai: (nama, jam) => `The meeting with ${nama} began${jam && ` at ${jam}`}`,
  batal_mulai: (nama) => `${nama} is waiting again · changed at the desk`,
  batal_datang: (nama) => `The arrival of ${nama} was taken back at the desk`,
  batal_pulang: (nama) => `${nama} has not left · corrected at the desk`,
  batal: (nama) => `The appointment with ${nama} was cancelled at the desk`,
  tidak_hadir: (nama) => `${nama} was recorded as absent at the desk`,
  tutup: (teks) => `Close: ${teks}`,
};

export const kj = dictionary(id, en);

/** Undefined if it is no news. */
export function deskNewsText(item: {
  nama: string;
  dari: Status;
  to: Status;
  pada?: number;
}): string | undefined {
  const { nama, dari, to, pada } = item;
  const pukul = pada === undefined ? '' : timeText(pada);
  if (dari === 'selesai')
    return to === 'menunggu' || to === 'sedang berlangsung' ? kj.batal_pulang(nama) : undefined;
  switch (to) {
    case 'selesai':
      return kj.pulang(nama, pukul);
    case 'sedang berlangsung':
      return kj.mulai(nama, pukul);
    case 'menunggu':
      return dari === 'sedang berlangsung' ? kj.batal_mulai(nama) : undefined;
    case 'belum':
      return dari === 'menunggu' ? kj.batal_datang(nama) : undefined;
    case 'batal':
      return kj.batal(nama);
    case 'tidak hadir':
      return kj.tidak_hadir(nama);
  }
}
