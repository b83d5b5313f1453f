/** What the admin's page says of backups, in English. */
import type { id } from './admin_cadangan.id';
import { sizeText } from './size_text';

export const en: typeof id = {
  judul: 'Backups',
  kapan: (jam) => `Every day at ${jam} · encrypted · kept for 30 days at least`,
  sekarang: 'Back up now',
  berjalan: 'Backing up…',
  data_pukul: (jam) => `As of ${jam}; it may have changed.`,
  terakhir: (hari, jam) => `Last proven good: ${hari}, ${jam}`,
  terakhir_belum: (hari, jam) => `Last: ${hari}, ${jam}`,
  terbukti: 'It was restored into a scratch database, and all of it matched.',
  belum_diuji: 'Not tried on this PC yet. The server tries it by itself, in a moment.',
  terlambat: 'Last night’s backup is missing. See that this PC is on, or back up now.',
  belum_ada: 'No backup yet',
  belum_ada_teks: (jam) => `The first one is taken at ${jam}, or right now.`,
  gagal_pada: (hari, jam) => `The backup of ${hari}, ${jam} failed.`,
  alasan: {
    tempat: 'Its folder cannot be written, or is full. Make room and try again.',
    rusak: 'Part of the database is damaged. Keep a copy of it and call a technician.',
    basis_data: 'The database does not answer. The server tries again by itself.',
    tidak_terbukti: 'The file could not be restored. Check the disk and try again.',
  },
  janji: 'Appointments',
  tamu: 'Guests',
  pengguna: 'Users',
  angka: (n) => n.toLocaleString('en-GB'),
  tersimpan: 'Backups kept',
  jumlah: (n) => (n === 1 ? '1 file' : `${n} files`),
  kolom: { dibuat: 'Made', ukuran: 'Size', keadaan: 'State' },
  ukuran: (bytes) => sizeText(bytes, 'en-GB'),
  uji: { terbukti: 'Proven', belum: 'Not tried yet', rusak: 'Damaged' },
  diuji: (hari, jam) => `Tried ${hari}, ${jam}`,
  kosong: 'No backup file yet',
  kosong_teks: 'A file appears here once it is taken; so does one that you copy to the folder below.',
  folder: 'Folder on the server’s PC:',
  uji_folder: 'Test the folder',
  folder_baik: 'The folder can be written and read.',
  folder_gagal:
    'The folder cannot be written or read. Check the disk and its permissions on the server’s PC.',
  tak_terbaca: (n) => `${n} of the files there cannot be read as backups.`,
  kedua: {
    folder: 'Second place:',
    berjalan: 'Copying…',
    terakhir: (hari, jam) => `Has the backup of ${hari}, ${jam}`,
    belum: 'Nothing was copied since the server started.',
    tanpa: 'There is no second place yet. If this PC breaks, its backups are gone with it.',
    atur: 'Set a second place',
    gagal_pada: (hari, jam) => `The copy to the second place of ${hari}, ${jam} failed.`,
    alasan: {
      tempat:
        'Its folder is not there, is full, or cannot be written. Connect the drive or the network; the server tries ' +
        'again by itself. The backup on the server’s PC is good.',
      rusak: 'The backup on the server’s PC is good.',
      basis_data: 'The server tries again by itself. The backup on the server’s PC is good.',
      tidak_terbukti:
        'What is kept there differs from the original. Check the drive or the network. ' +
        'The backup on the server’s PC is good.',
    },
    folder_gagal: 'The second place cannot be written or read. Check the drive or the network.',
  },
  gagal_muat: 'The backups could not be loaded',
  lembar: {
    judul: 'Recovery sheet',
    teks: 'Without this sheet no backup opens on a new PC. Print two and keep them outside the server room.',
    buka: 'Print the sheet',
    kertas: (nama) => `Recovery sheet of ${nama}`,
    petunjuk:
      'Keep it locked away. This code and one backup file are enough to restore the whole guest book on a new PC. ' +
      'Whoever holds both can read it.',
    qr: 'The recovery code as a QR code',
    dicetak: (hari) => `Printed ${hari}`,
    ketik: 'Try the sheet: type its code from the paper',
    ketik_bantu: '8 groups of 4 letters or digits. Capitals or not, it is the same.',
    uji: 'Try',
    benar: 'The code is right. This sheet opens your school’s backups.',
    salah: 'The code does not match yet. Compare it letter by letter.',
    cetak: 'Print',
  },
};
