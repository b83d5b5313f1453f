/** The texts of the codes in a picture, or why there are none. */
import { host } from '../host';
import { decodePicture } from './decode';
import { pictureReasonOf, type PictureReason } from './unreadable_reason';

type PictureTexts = { text: string[] } | { reason: PictureReason };

export async function readPictureFile(file: Blob): Promise<PictureTexts> {
  try {
    const answer = host.decodePicture ? { texts: await host.decodePicture(file) } : await decodePicture(file);
    if ('fault' in answer) return { reason: await reasonOf(answer.fault, file) };
    return answer.texts.length > 0 ? { text: answer.texts } : { reason: 'gambar_kosong' };
  } catch (error) {
    return { reason: await reasonOf(error, file) };
  }
}

async function reasonOf(why: unknown, file: Blob): Promise<PictureReason> {
  if (await isHeic(file)) return 'gambar_heic';
  return pictureReasonOf(why) ?? (file.size === 0 ? 'gambar_nol' : 'gambar_rusak');
}

/** As telephones photograph: ISO base media, `ftyp` and one of these brands (ISO/IEC 23008-12, annex B). */
const HEIC = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(4, 12).arrayBuffer());
  return head.startsWith('ftyp') && HEIC.includes(head.slice(4));
}
