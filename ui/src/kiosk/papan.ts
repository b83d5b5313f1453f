/**
 * How the board looks that a guest reads, and what stands above its words. Green and indigo say that something is recorded,
 * so only what the server has recorded has them.
 */
import type { JanjiTemu } from '../api/types';
import { km } from '../i18n/desk_boards';
import { kt } from '../i18n/desk_work';
import { t } from '../i18n/kiosk';
import { guruName } from '../shared/names';
import { sebentarLeft } from '../shared/sebentar';
import { jawabanBagi } from './hari_ini.svelte';
import type { Asal, Layar } from './layar';

/** A class of the styles: none is green, `sebentar` its light kin, `maaf` turmeric, `tolak` brick, `question` paper. */
export type Rupa = '' | 'sebentar' | 'maaf' | 'tolak' | 'tanya' | 'pulang';

/** The board of one screen. */
export type KeadaanPapan = { look: Rupa; tanda: string };

/** Nothing where the screen has no board. `now`: by the server's clock. */
export function papanOf(screen: Layar, row: JanjiTemu | undefined, now: number): KeadaanPapan | undefined {
  switch (screen.jenis) {
    case 'datang':
      return row && datang(row, screen.asal, now);
    case 'sudah_datang':
      return { look: 'tanya', tanda: km.tanya.tanda };
    case 'pulang':
      return { look: 'pulang', tanda: screen.already ? t.pulang.sudah : t.pulang.tanda };
    case 'ditolak':
      return { look: 'tolak', tanda: t.tolak.tanda };
    case 'tak_terbaca':
      return { look: 'maaf', tanda: t.tak_terbaca.tanda };
    case 'tertunda':
      return { look: 'maaf', tanda: t.tertunda.tanda };
    case 'pilih':
      return { look: 'tanya', tanda: km.pilih.tanda };
    default:
      return undefined;
  }
}

function datang(row: JanjiTemu, asal: Asal, now: number): KeadaanPapan {
  const tanggapan = jawabanBagi(row);
  const guru = guruName(row);
  switch (tanggapan?.jenis) {
    case 'tidak_bisa':
      return { look: 'maaf', tanda: km.maaf.tanda(guru) };
    case 'antar':
      return { look: '', tanda: km.antar.tanda };
    case 'ke_lobi':
      return { look: '', tanda: km.lobi.tanda(guru) };
    case 'sebentar':
      if (!tanggapan.minutes || !tanggapan.sampai) return { look: '', tanda: t.datang.dijawab };
      return sebentarLeft(tanggapan.sampai, now) < 0
        ? { look: 'maaf', tanda: km.sebentar.lewat_tanda }
        : { look: 'sebentar', tanda: km.sebentar.tanda };
    case 'teks':
      return { look: 'tanya', tanda: km.menjawab(guru) };
    case undefined:
      return asal === 'urung'
        ? { look: 'tanya', tanda: kt.urung.tanda }
        : { look: '', tanda: t.datang.tanda };
  }
}
