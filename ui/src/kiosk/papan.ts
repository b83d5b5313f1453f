/**
 * How the board looks that a guest reads, and what stands above its words. Green and indigo say that something is recorded,
 * so only what the server has recorded has them.
 */
import type { JanjiTemu } from '../api/types';
import { km } from '../i18n/kabar_meja';
import { kt } from '../i18n/kerja_meja';
import { t } from '../i18n/kiosk';
import { namaGuru } from '../shared/nama';
import { sisaSebentar } from '../shared/sebentar';
import { jawabanBagi } from './hari_ini.svelte';
import type { Asal, Layar } from './layar';

/** A class of the styles: none is green, `sebentar` its light kin, `maaf` turmeric, `tolak` brick, `tanya` paper. */
export type Rupa = '' | 'sebentar' | 'maaf' | 'tolak' | 'tanya' | 'pulang';

/** The board of one screen. */
export type KeadaanPapan = { rupa: Rupa; tanda: string };

/** Nothing where the screen has no board. `kini`: by the server's clock. */
export function papanOf(layar: Layar, row: JanjiTemu | undefined, kini: number): KeadaanPapan | undefined {
  switch (layar.jenis) {
    case 'datang':
      return row && datang(row, layar.asal, kini);
    case 'sudah_datang':
      return { rupa: 'tanya', tanda: km.tanya.tanda };
    case 'pulang':
      return { rupa: 'pulang', tanda: layar.sudah ? t.pulang.sudah : t.pulang.tanda };
    case 'ditolak':
      return { rupa: 'tolak', tanda: t.tolak.tanda };
    case 'tak_terbaca':
      return { rupa: 'maaf', tanda: t.tak_terbaca.tanda };
    case 'tertunda':
      return { rupa: 'maaf', tanda: t.tertunda.tanda };
    case 'pilih':
      return { rupa: 'tanya', tanda: km.pilih.tanda };
    default:
      return undefined;
  }
}

function datang(row: JanjiTemu, asal: Asal, kini: number): KeadaanPapan {
  const tanggapan = jawabanBagi(row);
  const guru = namaGuru(row);
  switch (tanggapan?.jenis) {
    case 'tidak_bisa':
      return { rupa: 'maaf', tanda: km.maaf.tanda(guru) };
    case 'antar':
      return { rupa: '', tanda: km.antar.tanda };
    case 'ke_lobi':
      return { rupa: '', tanda: km.lobi.tanda(guru) };
    case 'sebentar':
      if (!tanggapan.menit || !tanggapan.sampai) return { rupa: '', tanda: t.datang.dijawab };
      return sisaSebentar(tanggapan.sampai, kini) < 0
        ? { rupa: 'maaf', tanda: km.sebentar.lewat_tanda }
        : { rupa: 'sebentar', tanda: km.sebentar.tanda };
    case 'teks':
      return { rupa: 'tanya', tanda: km.menjawab(guru) };
    case undefined:
      return asal === 'urung'
        ? { rupa: 'tanya', tanda: kt.urung.tanda }
        : { rupa: '', tanda: t.datang.tanda };
  }
}
