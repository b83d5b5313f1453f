/** What the admin's page says of backups, in Indonesian. */
import type { BackupTrouble, UjiCadangan } from '../api/types';
import { sizeText } from './size_text';

export const id = {
  judul: 'Cadangan',
  kapan: (jam: string) => `Setiap hari pukul ${jam} · terenkripsi · disimpan paling sedikit 30 hari`,
  sekarang: 'Cadangkan sekarang',
  berjalan: 'Sedang mencadangkan…',
  data_pukul: (jam: string) => `Data pukul ${jam}, mungkin sudah berubah.`,
  terakhir: (hari: string, jam: string) => `Terakhir terbukti baik: ${hari}, ${jam}`,
  terakhir_belum: (hari: string, jam: string) => `Terakhir: ${hari}, ${jam}`,
  terbukti: 'Sudah dicoba dipulihkan ke basis data percobaan, dan semua isinya cocok.',
  belum_diuji: 'Belum dicoba di PC ini. Server mencobanya dengan sendirinya, sebentar lagi.',
  terlambat: 'Cadangan malam tadi belum ada. Pastikan PC ini menyala, atau cadangkan sekarang.',
  belum_ada: 'Belum ada cadangan',
  belum_ada_teks: (jam: string) => `Cadangan pertama dibuat pukul ${jam}, atau sekarang juga.`,
  gagal_pada: (hari: string, jam: string) => `Pencadangan ${hari}, ${jam} gagal.`,
  alasan: {
    tempat: 'Foldernya tidak bisa ditulisi atau penuh. Kosongkan tempat, lalu coba lagi.',
    rusak: 'Ada bagian basis data yang rusak. Simpan salinannya, lalu hubungi teknisi.',
    basis_data: 'Basis data tidak menjawab. Server mencoba lagi dengan sendirinya.',
    tidak_terbukti: 'Berkasnya tidak bisa dipulihkan. Periksa disknya, lalu coba lagi.',
  } satisfies Record<BackupTrouble, string>,
  janji: 'Janji temu',
  tamu: 'Tamu',
  pengguna: 'Pengguna',
  angka: (n: number) => n.toLocaleString('id-ID'),
  tersimpan: 'Cadangan tersimpan',
  jumlah: (n: number) => `${n} berkas`,
  kolom: { dibuat: 'Dibuat', ukuran: 'Ukuran', keadaan: 'Keadaan' },
  ukuran: (bytes: number) => sizeText(bytes, 'id-ID'),
  uji: {
    terbukti: 'Terbukti pulih',
    belum: 'Belum dicoba',
    rusak: 'Rusak',
  } satisfies Record<UjiCadangan, string>,
  diuji: (hari: string, jam: string) => `Dicoba ${hari}, ${jam}`,
  kosong: 'Belum ada berkas cadangan',
  kosong_teks: 'Berkas tampil di sini setelah dibuat, juga yang Anda salin ke folder di bawah.',
  folder: 'Folder di PC server:',
  uji_folder: 'Uji folder',
  folder_baik: 'Folder bisa ditulis dan dibaca.',
  folder_gagal: 'Folder tidak bisa ditulis atau dibaca. Periksa disk dan izinnya di PC server.',
  tak_terbaca: (n: number) => `${n} berkas di folder itu tidak bisa dibaca sebagai cadangan.`,
  kedua: {
    folder: 'Tempat kedua:',
    berjalan: 'Sedang disalin…',
    terakhir: (hari: string, jam: string) => `Berisi cadangan ${hari}, ${jam}`,
    belum: 'Belum ada yang disalin sejak server menyala.',
    tanpa: 'Belum ada tempat kedua. Kalau PC ini rusak, cadangannya ikut hilang.',
    atur: 'Atur tempat kedua',
    gagal_pada: (hari: string, jam: string) => `Penyalinan ke tempat kedua ${hari}, ${jam} gagal.`,
    alasan: {
      tempat:
        'Foldernya tidak ada, penuh, atau tidak bisa ditulisi. Sambungkan drive atau jaringannya; ' +
        'server mencoba lagi dengan sendirinya. Cadangan di PC server baik.',
      rusak: 'Cadangan di PC server baik.',
      basis_data: 'Server mencoba lagi dengan sendirinya. Cadangan di PC server baik.',
      tidak_terbukti:
        'Yang tersimpan di sana tidak sama dengan aslinya. Periksa drive atau jaringannya. Cadangan di PC server baik.',
    } satisfies Record<BackupTrouble, string>,
    folder_gagal: 'Tempat kedua tidak bisa ditulis atau dibaca. Periksa drive atau jaringannya.',
  },
  gagal_muat: 'Daftar cadangan belum bisa dimuat',
  lembar: {
    judul: 'Lembar pemulihan',
    teks: 'Tanpa lembar ini cadangan tidak bisa dibuka di PC baru. Cetak dua, simpan di luar ruang server.',
    buka: 'Cetak lembar',
    kertas: (nama: string) => `Lembar pemulihan ${nama}`,
    petunjuk:
      'Simpan di tempat terkunci. Dengan kode ini dan satu berkas cadangan, ' +
      'seluruh buku tamu bisa dipulihkan di PC baru. Siapa pun yang memegang keduanya bisa membacanya.',
    qr: 'Kode pemulihan sebagai QR',
    dicetak: (hari: string) => `Dicetak ${hari}`,
    ketik: 'Uji lembar: ketik kodenya dari kertas',
    ketik_bantu: '8 kelompok, masing-masing 4 huruf atau angka. Huruf besar atau kecil sama saja.',
    uji: 'Uji',
    benar: 'Kodenya benar. Lembar ini membuka cadangan sekolah Anda.',
    salah: 'Kodenya belum cocok. Bandingkan lagi huruf demi huruf.',
    cetak: 'Cetak',
  },
};
