/** What the admin's page says of going back to a backup, in Indonesian. */
import type { TahapPemulihan } from '../api/types';

export const id = {
  pulihkan: 'Pulihkan…',
  pulihkan_label: (saat: string) => `Pulihkan cadangan ${saat}`,
  tanya: {
    judul: 'Pulihkan buku tamu dari cadangan ini?',
    kembali: (hari: string, jam: string) => `Buku tamu kembali seperti ${hari}, pukul ${jam}.`,
    hilang: 'Kunjungan, janji, dan jawaban sesudah saat itu tidak tampil lagi.',
    akun: 'Pengguna, kata sandi, dan setelan juga kembali seperti saat itu.',
    keluar: 'Semua orang dikeluarkan dan masuk lagi. Buku tamu berhenti sebentar waktu ditukar.',
    disimpan: 'Isi yang sekarang tidak dihapus: disimpan di folder tersendiri di PC server.',
    dihapus: 'Tamu yang sudah dihapus sejak saat itu tetap terhapus.',
    pesan: 'Pesan yang mungkin sudah terkirim tidak dikirim dua kali; Anda yang memutuskan.',
    sandi: 'Kata sandi Anda',
    sandi_bantu: 'Ketik sekali lagi, supaya pasti Anda yang meminta',
    sandi_salah: 'Kata sandinya salah',
    mengerti: 'Saya mengerti, dan sudah memberi tahu meja depan',
    ya: 'Pulihkan sekarang',
  },
  jalan: {
    judul: (nama: string) => `Memulihkan ${nama}`,
    tahap: {
      membuka: 'Membuka berkas cadangan…',
      mencocokkan: 'Mencocokkan isinya…',
      menyiapkan: 'Menyiapkan: tamu yang dihapus, sesi, dan pesan…',
      menukar: 'Menukar buku tamu…',
    } satisfies Record<TahapPemulihan, string>,
    tetap: 'Buku tamu tetap bisa dipakai sampai ditukar. Yang dicatat sekarang akan ikut tersimpan terpisah.',
    tunggu: 'Tunggu sebentar. Setelah buku tamu kembali, Anda diminta masuk lagi.',
  },
  gagal: (nama: string, hari: string, jam: string) =>
    `Pemulihan ${nama} (${hari}, ${jam}) gagal. Buku tamu tidak berubah.`,
  rusak: 'Berkas itu rusak. Pilih cadangan lain, atau salin lagi berkasnya dari tempat kedua.',
  terakhir: (hari: string, jam: string, oleh: string) =>
    oleh ? `Dipulihkan ${hari}, ${jam} oleh ${oleh}.` : `Dipulihkan ${hari}, ${jam} lewat perintah.`,
  terakhir_sampai: (hari: string, jam: string) => `Isinya seperti ${hari}, ${jam}.`,
  dihapus_lagi: (n: number) => `${n} tamu yang sudah dihapus sejak itu dihapus lagi.`,
  pesan_ditahan: (n: number) => `${n} pesan ditahan karena mungkin sudah terkirim.`,
  ke_pesan: 'Lihat pesan',
  disimpan: 'Isi sebelumnya ada di folder',
  lewat_perintah:
    'Basis data sekolah ini ada di server sendiri. Cadangan dipulihkan dengan perintah ' +
    '“bukutamu-server restore” ke basis data yang kosong.',
};
