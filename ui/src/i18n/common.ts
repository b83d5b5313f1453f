/** Words that every surface says. */
import type { InvalidPassword, Status } from '../api/types';
import { dictionary } from './language.svelte';

const id = {
  aplikasi: 'Buku Tamu',
  masuk: {
    judul: 'Masuk',
    email: 'E-mail, NUPTK, atau NIP',
    password: 'Kata sandi',
    kirim: 'Masuk',
    kosong: 'Isi e-mail (atau NUPTK) dan kata sandi.',
    salah: 'E-mail atau kata sandi salah. Periksa lalu coba lagi.',
    sementara_berakhir: 'Kata sandi sementara ini sudah lewat 7 hari. Minta yang baru kepada admin.',
    peran: 'Akun ini bukan untuk layar ini. Masuk dengan akun lain.',
    berakhir: 'Sesi berakhir. Masuk lagi untuk melanjutkan.',
    keluar: 'Keluar',
    lihat: 'Tampilkan kata sandi',
    sembunyikan: 'Sembunyikan kata sandi',
  },
  ganti: {
    judul: 'Buat kata sandi sendiri',
    sebab: 'Kata sandi Anda masih sementara. Ganti dahulu, lalu layar ini terbuka.',
    lama: 'Kata sandi sementara',
    baru: 'Kata sandi baru',
    bantu: 'Paling sedikit 8 karakter. Beberapa kata yang tidak berhubungan sulit ditebak.',
    ulang: 'Kata sandi baru sekali lagi',
    beda: 'Kedua kata sandi belum sama',
    lama_salah: 'Kata sandi sementara salah',
    kirim: 'Simpan kata sandi',
  },
  ganti_sandi: {
    judul: 'Ganti kata sandi',
    lama: 'Kata sandi sekarang',
    lama_salah: 'Kata sandi sekarang salah',
    tersimpan: 'Kata sandi sudah diganti. Perangkat lain keluar.',
  },
  sandi: {
    cukup: 'Cukup kuat',
    kuat: 'Kuat',
    alasan: {
      terlalu_pendek: 'Terlalu pendek: paling sedikit 8 karakter.',
      terlalu_panjang: 'Terlalu panjang: paling banyak 72 karakter.',
      karakter_terlarang: 'Ada karakter yang tidak boleh dipakai.',
      terlalu_umum: 'Terlalu umum. Pilih yang tidak mudah ditebak.',
      memuat_nama: 'Isinya hampir hanya nama Anda. Pilih yang lain.',
      memuat_email: 'Isinya hampir hanya alamat e-mail Anda. Pilih yang lain.',
      memuat_telp: 'Isinya hampir hanya nomor HP Anda. Pilih yang lain.',
      memuat_nama_sekolah: 'Isinya hampir hanya nama sekolah. Pilih yang lain.',
      pola_tahun: 'Isinya hampir hanya tahun atau tanggal. Pilih yang lain.',
      mudah_ditebak: 'Mudah ditebak. Tambahkan beberapa kata.',
    } satisfies Record<InvalidPassword, string>,
  },
  status: {
    belum: 'Belum datang',
    menunggu: 'Menunggu',
    'sedang berlangsung': 'Berlangsung',
    selesai: 'Selesai',
    batal: 'Batal',
    'tidak hadir': 'Tidak hadir',
  } satisfies Record<Status, string>,
  cip: {
    terlambat: (menit: number) => (menit > 0 ? `Terlambat ${lama_id(menit)}` : 'Terlambat'),
    awal: (menit: number) => `${lama_id(menit)} lebih awal`,
    tepat: 'Tepat waktu',
    langsung: 'Tanpa janji',
    terhubung: 'Terhubung',
    tak_terhubung: 'Belum terhubung',
    terputus: 'Terputus',
    rusak: 'Data rusak',
  },
  gagal: {
    unreachable: 'Server tidak menjawab. Periksa sambungan, lalu coba lagi.',
    unavailable: 'Basis data sedang tidak bisa dihubungi. Coba lagi sebentar.',
    signed_out: 'Sesi berakhir. Masuk lagi.',
    terlalu_sering: (detik?: number) =>
      `Terlalu banyak percobaan. ${detik ? `Tunggu ${tunggu_id(detik)}` : 'Tunggu sebentar'}, lalu coba lagi.`,
    lain: 'Belum berhasil. Coba lagi.',
  },
  coba: 'Coba sekarang',
  bagian_gagal: 'Bagian ini belum bisa dimuat. Periksa sambungan, lalu coba lagi.',
  coba_detik: (detik: number) => `Dicoba lagi dalam ${detik} detik.`,
  dtk: 'dtk',
  menyambung: 'Menyambung',
  memuat: 'Memuat…',
  simpan: 'Simpan',
  batal: 'Batal',
  tutup: 'Tutup',
  kembali: 'Kembali',
  urungkan: 'Urungkan',
  bahasa: 'Bahasa',
  sidik: 'Sidik jari sertifikat',
  autostart: {
    judul: 'Buka saat PC dinyalakan',
    teks: 'Buku Tamu langsung siap begitu PC dinyalakan.',
    gagal: 'Pilihan ini belum tersimpan. Coba lagi.',
  },
  dari5: (n: number) => `${n} dari 5`,
  bintang: (n: number) => `${n} bintang`,
  nilai: ['Buruk', 'Kurang', 'Cukup', 'Baik', 'Sangat baik'],
  lama: lama_id,
  qr: 'Kode QR',
};

function lama_id(menit: number): string {
  const jam = Math.floor(menit / 60);
  return jam === 0 ? `${menit} menit` : menit % 60 === 0 ? `${jam} jam` : `${jam} jam ${menit % 60} menit`;
}

/** Whole minutes, rounded up, once it is more than one. */
function tunggu_id(detik: number): string {
  return detik < 100 ? `${detik} detik` : lama_id(Math.ceil(detik / 60));
}

function tunggu_en(detik: number): string {
  return detik < 100 ? `${detik} s` : lama_en(Math.ceil(detik / 60));
}

function lama_en(menit: number): string {
  const jam = Math.floor(menit / 60);
  return jam === 0 ? `${menit} min` : menit % 60 === 0 ? `${jam} h` : `${jam} h ${menit % 60} min`;
}

const en: typeof id = {
  aplikasi: 'Guest book',
  masuk: {
    judul: 'Sign in',
    email: 'E-mail, NUPTK or NIP',
    password: 'Password',
    kirim: 'Sign in',
    kosong: 'Enter your e-mail (or NUPTK) and password.',
    salah: 'Wrong e-mail or password. Check both and try again.',
    sementara_berakhir: 'This temporary password is over 7 days old. Ask the admin for a new one.',
    peran: 'This account is not for this screen. Sign in with another account.',
    berakhir: 'The session has ended. Sign in again to go on.',
    keluar: 'Sign out',
    lihat: 'Show password',
    sembunyikan: 'Hide password',
  },
  ganti: {
    judul: 'Choose your own password',
    sebab: 'Your password is a temporary one. Change it first, and this screen opens.',
    lama: 'Temporary password',
    baru: 'New password',
    bantu: 'At least 8 characters. A few words that have nothing to do with each other are hard to guess.',
    ulang: 'New password once more',
    beda: 'The two passwords are not the same yet',
    lama_salah: 'The temporary password is wrong',
    kirim: 'Save password',
  },
  ganti_sandi: {
    judul: 'Change password',
    lama: 'Present password',
    lama_salah: 'The present password is wrong',
    tersimpan: 'The password is changed. Other devices are signed out.',
  },
  sandi: {
    cukup: 'Fairly strong',
    kuat: 'Strong',
    alasan: {
      terlalu_pendek: 'Too short: at least 8 characters.',
      terlalu_panjang: 'Too long: 72 characters at most.',
      karakter_terlarang: 'It has a character that may not be used.',
      terlalu_umum: 'Too common. Choose one that is hard to guess.',
      memuat_nama: 'Nearly all of it is your name. Choose another one.',
      memuat_email: 'Nearly all of it is your e-mail address. Choose another one.',
      memuat_telp: 'Nearly all of it is your phone number. Choose another one.',
      memuat_nama_sekolah: 'Nearly all of it is the name of the school. Choose another one.',
      pola_tahun: 'Nearly all of it is a year or a date. Choose another one.',
      mudah_ditebak: 'Easy to guess. Add a few words.',
    },
  },
  status: {
    belum: 'Expected',
    menunggu: 'Waiting',
    'sedang berlangsung': 'In progress',
    selesai: 'Finished',
    batal: 'Cancelled',
    'tidak hadir': 'Did not come',
  },
  cip: {
    terlambat: (menit) => (menit > 0 ? `${lama_en(menit)} late` : 'Late'),
    awal: (menit) => `${lama_en(menit)} early`,
    tepat: 'On time',
    langsung: 'Walk-in',
    terhubung: 'Connected',
    tak_terhubung: 'Not connected yet',
    terputus: 'Disconnected',
    rusak: 'Damaged data',
  },
  gagal: {
    unreachable: 'The server does not answer. Check the connection, then try again.',
    unavailable: 'The database cannot be reached right now. Try again shortly.',
    signed_out: 'The session has ended. Sign in again.',
    terlalu_sering: (detik) =>
      `Too many attempts. ${detik ? `Wait ${tunggu_en(detik)}` : 'Wait a moment'}, then try again.`,
    lain: 'That did not work. Try again.',
  },
  coba: 'Try now',
  bagian_gagal: 'This part could not be loaded. Check the connection and try again.',
  coba_detik: (detik) => `Next attempt in ${detik} s.`,
  dtk: 's',
  menyambung: 'Connecting',
  memuat: 'Loading…',
  simpan: 'Save',
  batal: 'Cancel',
  tutup: 'Close',
  kembali: 'Back',
  urungkan: 'Undo',
  bahasa: 'Language',
  sidik: "The certificate's fingerprint",
  autostart: {
    judul: 'Open when the PC starts',
    teks: 'The guest book is ready by itself once the PC is on.',
    gagal: 'This choice was not saved. Try again.',
  },
  dari5: (n) => `${n} of 5`,
  bintang: (n) => (n === 1 ? '1 star' : `${n} stars`),
  nilai: ['Poor', 'Fair', 'All right', 'Good', 'Very good'],
  lama: lama_en,
  qr: 'QR code',
};

export const common = dictionary(id, en);
