/** The texts of the codes in a picture, or why there are none. */
import { host } from '../host';
import { decodePicture } from './decode';
import { sebabGambar, type SebabGambar } from './sebab';

export type IsiGambar = { text: string[] } | { sebab: SebabGambar };

export async function bacaGambar(file: Blob): Promise<IsiGambar> {
  try {
    const answer = host.decodePicture ? { texts: await host.decodePicture(file) } : await decodePicture(file);
    if ('fault' in answer) return { sebab: await sebabOf(answer.fault, file) };
    return answer.texts.length > 0 ? { text: answer.texts } : { sebab: 'gambar_kosong' };
  } catch (error) {
    return { sebab: await sebabOf(error, file) };
  }
}

async function sebabOf(why: unknown, file: Blob): Promise<SebabGambar> {
  if (await isHeic(file)) return 'gambar_heic';
  return sebabGambar(why) ?? (file.size === 0 ? 'gambar_nol' : 'gambar_rusak');
}

/** As telephones photograph: ISO base media, `ftyp` and one of these brands (ISO/IEC 23008-12, annex B). */
const HEIC = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(4, 12).arrayBuffer());
  return head.startsWith('ftyp') && HEIC.includes(head.slice(4));
}
