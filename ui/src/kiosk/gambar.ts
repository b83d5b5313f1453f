/** The texts of the codes in a picture, or why there are none. */
import { host } from '../host';
import { decodePicture } from './decode';
import { sebabGambar, type SebabGambar } from './sebab';

export type IsiGambar = { teks: string[] } | { sebab: SebabGambar };

export async function bacaGambar(file: Blob): Promise<IsiGambar> {
  try {
    const teks = host.decodePicture ? await host.decodePicture(file) : await decodePicture(file);
    return teks.length > 0 ? { teks } : { sebab: 'gambar_kosong' };
  } catch (error) {
    if (await isHeic(file)) return { sebab: 'gambar_heic' };
    return { sebab: sebabGambar(error) ?? (file.size === 0 ? 'gambar_nol' : 'gambar_rusak') };
  }
}

/** As telephones photograph: ISO base media, `ftyp` and one of these brands (ISO/IEC 23008-12, annex B). */
const HEIC = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(4, 12).arrayBuffer());
  return head.startsWith('ftyp') && HEIC.includes(head.slice(4));
}
