/**
 * The colour and the heading of the board. Green and indigo say that something is recorded, so only what
 * the server recorded has them.
 */
import type { JanjiTemu } from '../api/types';
import { km } from '../i18n/desk_boards';
import { kt } from '../i18n/desk_work';
import { t } from '../i18n/kiosk';
import { guruName } from '../shared/names';
import { sebentarLeft } from '../shared/sebentar';
import { tanggapanFor } from './today.svelte';
import type { Origin, Screen } from './screen';

/**
 * A class of the styles: empty is green, `sebentar` light green, `maaf` turmeric, `tolak` brick, `tanya`
 * paper.
 */
export type BoardColor = '' | 'sebentar' | 'maaf' | 'tolak' | 'tanya' | 'pulang';

/** The board of one screen. */
export type BoardState = { color: BoardColor; mark: string };

/** Undefined if the screen has no board. `now`: milliseconds by the server's clock. */
export function boardOf(screen: Screen, row: JanjiTemu | undefined, now: number): BoardState | undefined {
  switch (screen.jenis) {
    case 'datang':
      return row && datang(row, screen.origin, now);
    case 'sudah_datang':
      return { color: 'tanya', mark: km.tanya.tanda };
    case 'pulang':
      return { color: 'pulang', mark: screen.already ? t.pulang.sudah : t.pulang.tanda };
    case 'ditolak':
      return { color: 'tolak', mark: t.tolak.tanda };
    case 'tak_terbaca':
      return { color: 'maaf', mark: t.tak_terbaca.tanda };
    case 'tertunda':
      return { color: 'maaf', mark: t.tertunda.tanda };
    case 'pilih':
      return { color: 'tanya', mark: km.pilih.tanda };
    default:
      return undefined;
  }
}

function datang(row: JanjiTemu, origin: Origin, now: number): BoardState {
  const tanggapan = tanggapanFor(row);
  const guru = guruName(row);
  switch (tanggapan?.jenis) {
    case 'tidak_bisa':
      return { color: 'maaf', mark: km.maaf.tanda(guru) };
    case 'antar':
      return { color: '', mark: km.antar.tanda };
    case 'ke_lobi':
      return { color: '', mark: km.lobi.tanda(guru) };
    case 'sebentar':
      if (!tanggapan.minutes || !tanggapan.sampai) return { color: '', mark: t.datang.dijawab };
      return sebentarLeft(tanggapan.sampai, now) < 0
        ? { color: 'maaf', mark: km.sebentar.lewat_tanda }
        : { color: 'sebentar', mark: km.sebentar.tanda };
    case 'teks':
      return { color: 'tanya', mark: km.menjawab(guru) };
    case undefined:
      return origin === 'urung'
        ? { color: 'tanya', mark: kt.urung.tanda }
        : { color: '', mark: t.datang.tanda };
  }
}
