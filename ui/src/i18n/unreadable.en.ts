/** The same in English. */
import type { tak_terbaca as id } from './unreadable.id';

export const tak_terbaca: typeof id = {
  tanda: 'Not read',
  judul: 'Please scan once more',
  judul_gambar: 'This picture was not read',
  belum: 'Nothing has been registered.',
  sebab: {
    terpotong: 'The code broke off before it was read to its end.',
    kacau: 'What the scanner sent is not text.',
    gambar_kosong: 'There is no QR code in that picture.',
    gambar_rusak: 'That file is not a picture, or it is damaged.',
    gambar_nol: 'That file is empty. Ask for it to be sent again.',
    gambar_tertutup: 'That file may not be opened, or another program has it.',
    gambar_heic: 'An iPhone’s HEIC photo cannot be opened here. Send it as JPG.',
    gambar_asing: 'A file of this kind cannot be opened here. Send it as JPG or PNG.',
    gambar_berat: 'That picture is too complex. Crop it around the code and try again.',
    gambar_pembaca: 'The picture reader could not be loaded. Check the network and try again.',
  },
  ringkas: {
    terpotong: 'the code broke off',
    kacau: 'not text',
    gambar_kosong: 'no code in the picture',
    gambar_rusak: 'not a whole picture',
    gambar_nol: 'an empty file',
    gambar_tertutup: 'a file that may not be opened',
    gambar_heic: 'a HEIC photo',
    gambar_asing: 'another kind of file',
    gambar_berat: 'too complex a picture',
    gambar_pembaca: 'the reader could not be loaded',
  },
  cara: [
    ['Brighten the screen', 'all the way'],
    ['A hand’s width', 'from the scanner'],
    ['Hold it still', 'until it beeps'],
  ],
  cara_gambar: [
    ['The whole code', 'with all four sides'],
    ['Sharp and bright', 'without reflections'],
    ['Or the phone itself', 'held to the scanner'],
  ],
  sebelumnya: 'Before, still registered',
  datang: (jam, guru) => `Arrived ${jam} · to see ${guru}`,
  pulang: (jam) => `Left ${jam}`,
  lagi: 'Show again',
};
