/** Why the host could not read something, in the words that the desk has for it. */
import type { PictureFault, ScanRejection } from '../host';
import type { Unreadable } from './decode/protocol';
import type { UnreadableReason } from './screen';

export type PictureReason = Extract<UnreadableReason, `gambar_${string}`>;

type Why = PictureFault | Unreadable;

const PICTURE: Record<Why, PictureReason> = {
  no_code: 'gambar_kosong',
  broken: 'gambar_rusak',
  empty: 'gambar_nol',
  too_large: 'gambar_berat',
  given_up: 'gambar_berat',
  unknown_format: 'gambar_asing',
  denied: 'gambar_tertutup',
  not_loaded: 'gambar_pembaca',
};

/** The reason for a fault of the host or of the page's decoder; undefined if it is no fault of a picture. */
export function pictureReasonOf(why: unknown): PictureReason | undefined {
  return typeof why === 'string' && Object.hasOwn(PICTURE, why) ? PICTURE[why as Why] : undefined;
}

export function reasonOf({ why, format }: ScanRejection): UnreadableReason {
  if (format === 'HEIC') return 'gambar_heic';
  return pictureReasonOf(why) ?? 'kacau';
}
