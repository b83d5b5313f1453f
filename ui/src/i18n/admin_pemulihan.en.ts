/** What the admin's page says of going back to a backup, in English. */
import type { id } from './admin_pemulihan.id';

export const en: typeof id = {
  pulihkan: 'Restore…',
  pulihkan_label: (saat) => `Restore the backup of ${saat}`,
  tanya: {
    judul: 'Restore the guest book from this backup?',
    kembali: (hari, jam) => `The guest book goes back to ${hari}, ${jam}.`,
    hilang: 'Visits, appointments and answers since then are not shown any more.',
    akun: 'Users, passwords and settings go back to then, too.',
    keluar:
      'Everybody is signed out and signs in again. The guest book stops for a moment while it is exchanged.',
    disimpan: 'What is there now is not deleted: it is kept in a folder of its own on the server’s PC.',
    dihapus: 'Guests who were erased since then stay erased.',
    pesan: 'Messages that may have left are not sent twice; you decide.',
    sandi: 'Your password',
    sandi_bantu: 'Once more, so that it is certain that you ask for it',
    sandi_salah: 'The password is wrong',
    mengerti: 'I understand, and have told the front desk',
    ya: 'Restore now',
  },
  jalan: {
    judul: (nama) => `Restoring ${nama}`,
    tahap: {
      membuka: 'Opening the backup…',
      mencocokkan: 'Comparing what it holds…',
      menyiapkan: 'Preparing: erased guests, sessions and messages…',
      menukar: 'Exchanging the guest book…',
    },
    tetap: 'The guest book can be used until it is exchanged. What is recorded now is kept apart.',
    tunggu: 'Wait a moment. Once the guest book is back, you are asked to sign in again.',
  },
  gagal: (nama, hari, jam) =>
    `The restore of ${nama} (${hari}, ${jam}) failed. The guest book has not changed.`,
  rusak: 'That file is damaged. Choose another backup, or copy the file again from the second place.',
  terakhir: (hari, jam, oleh) =>
    oleh ? `Restored ${hari}, ${jam} by ${oleh}.` : `Restored ${hari}, ${jam} by command.`,
  terakhir_sampai: (hari, jam) => `It is as it was on ${hari}, ${jam}.`,
  dihapus_lagi: (n) =>
    n === 1
      ? '1 guest who was erased since was erased again.'
      : `${n} guests who were erased since were erased again.`,
  pesan_ditahan: (n) =>
    n === 1
      ? '1 message is held back because it may have left.'
      : `${n} messages are held back because they may have left.`,
  ke_pesan: 'See messages',
  disimpan: 'What was there before is in the folder',
  lewat_perintah:
    'This school’s database is on a server of its own. A backup is restored by the command ' +
    '“bukutamu-server restore” into an empty database.',
};
