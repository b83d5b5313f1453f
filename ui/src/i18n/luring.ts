/** What a desk says that goes on without a server. */
import type { JanjiTemu } from '../api/types';
import type { Unsettled } from '../host';
import { common } from './common';
import { dictionary } from './language.svelte';
import { timeText } from './format';

const id = {
  judul: 'Catatan meja ini',
  tercatat: 'Tercatat, menunggu sambungan',
  menunggu: (n: number) => `${n} tercatat, menunggu sambungan`,
  terus: {
    server:
      'Meja ini terus mencatat, dan mengirim semuanya begitu tersambung. Guru belum diberi tahu: hubungi langsung.',
    database:
      'Meja ini terus mencatat, dan mengirim semuanya begitu tersambung. Guru yang tersambung tetap diberi tahu.',
  },
  terpotong:
    'Listrik pernah padam saat mencatat. Bagian yang terputus belum pernah ditampilkan sebagai tercatat.',
  rusak: (n: number) =>
    `${n} catatan rusak di penyimpanan PC ini dan tidak terbaca lagi. Cocokkan buku tamu dengan yang Anda ingat.`,
  siap: 'Bila server terputus, meja ini terus mencatat dan mengirim semuanya begitu tersambung.',
  belum_siap: 'Bila server terputus, meja ini belum bisa mencatat sendiri.',
  tetap_di_sini:
    'Catatan tersimpan terenkripsi di peramban ini saja. Jangan hapus data peramban selama ada yang ' +
    'menunggu. Bila PC akan diganti, tunggu sampai semuanya terkirim; program desktop bisa ' +
    'memindahkannya ke berkas.',
  batas: {
    tanpa_simpan:
      'Peramban ini tidak bisa menyimpan catatan di sini. Buka halaman ini dengan https, atau pakai program desktop.',
    tab_lain: 'Meja ini sudah terbuka di tab lain. Hanya tab itu yang mencatat saat server terputus.',
    tanpa_halaman:
      'Jangan tutup atau muat ulang halaman ini saat server terputus: peramban ini tidak bisa membukanya lagi.',
    bisa_dihapus:
      'Peramban ini boleh menghapus catatan, misalnya di jendela pribadi atau bila penyimpanan penuh. ' +
      'Program desktop menyimpannya tetap.',
  },
  periksa: (n: number) => `${n} perlu diperiksa`,
  judul_periksa: 'Perlu diperiksa',
  teks_periksa:
    'Catatan meja ini saat tidak tersambung berbeda dari server. Periksa, lalu betulkan di buku bila perlu.',
  gagal: 'Daftar ini belum bisa dimuat atau disimpan. Coba sekali lagi.',
  kosong: 'Tidak ada lagi yang perlu diperiksa.',
  sudah: 'Sudah diperiksa',
  tak_dikenal: 'Kode yang tidak dikenal meja ini',
  tak_dikenal_teks:
    'Meja ini belum mengenal kode itu, mungkin janjinya baru dibuat. Server memeriksanya begitu ' +
    'tersambung; bila ada yang tidak cocok, muncul di “Perlu diperiksa”.',
  kegiatan: {
    pindai: 'Kode dipindai',
    pindah: 'Dicatat dengan tangan',
    langsung: 'Tamu tanpa janji',
    betulkan: 'Data dibetulkan',
  },
  sebab: ({ alasan, kode }: Pick<Unsettled, 'alasan' | 'kode'>): string => {
    switch (alasan) {
      case 'hasil_lain':
        return id.hasil[kode ?? ''] ?? 'Server mencatatnya lain.';
      case 'status_lain':
        return 'Status kunjungan ini sudah lain di server.';
      case 'bergantung':
        return 'Pendaftaran tamunya tidak diterima server.';
      case 'ditolak':
        return id.tolak[kode ?? ''] ?? `Tidak diterima server (${kode ?? '–'}).`;
    }
  },
  hasil: {
    datang: 'Server mencatatnya sebagai kedatangan.',
    sudah_datang: 'Tamu ini sudah lebih dahulu dicatat datang di meja lain.',
    pulang: 'Server mencatatnya sebagai kepulangan.',
    sudah_selesai: 'Kunjungan ini sudah selesai di server.',
    pilih: 'Tamu ini punya beberapa janji hari itu, jadi belum tercatat.',
    tanpa_janji: 'Tamu ini tidak punya janji hari itu, jadi belum tercatat.',
  } as Record<string, string>,
  tolak: {
    dibatalkan: 'Janji ini sudah dibatalkan sebelum tersambung lagi.',
    transisi_tidak_sah: 'Kunjungan ini sudah diubah di tempat lain.',
    bukan_hari_ini: 'Janji ini bukan untuk hari itu.',
    sudah_diproses: 'Janji ini sudah ditutup.',
    kedaluwarsa: 'Kodenya sudah kedaluwarsa.',
    tidak_ditemukan: 'Janji atau tamunya tidak ditemukan di server.',
    tanda_tangan_tidak_valid: 'Kodenya bukan dari sekolah ini.',
    format_tidak_valid: 'Kodenya tidak terbaca.',
    isian_tidak_valid: 'Ada isian yang tidak diterima server.',
  } as Record<string, string>,
  pindah: {
    judul: 'Pindahkan catatan meja',
    simpan: 'Simpan ke berkas',
    simpan_teks:
      'Bila PC ini diganti, simpan yang belum terkirim, lalu ambil di penggantinya. Tidak ada yang tercatat dua kali.',
    kosong: 'Tidak ada yang menunggu',
    kode: (n: number) => `${n} catatan tersimpan. Tulis kode ini; kode ini tidak ditampilkan lagi:`,
    ambil: 'Ambil dari berkas',
    berkas: 'Berkas dari meja lain',
    kode_label: 'Kode berkas',
    kode_salah: 'Kode ini tidak membuka berkas itu.',
    diambil: (n: number) =>
      n > 0 ? `${n} catatan diambil dan dikirim begitu tersambung.` : 'Semua catatan itu sudah ada di sini.',
    gagal: 'Berkas belum bisa disimpan atau diambil. Coba sekali lagi.',
  },
  di_server: (row: JanjiTemu) =>
    `Di server: ${common.status[row.status]}${row.waktu_datang ? `, datang ${timeText(row.waktu_datang)}` : ''}`,
};

const en: typeof id = {
  judul: 'Kept at this desk',
  tercatat: 'Recorded, waiting for the connection',
  menunggu: (n) => `${n} recorded, waiting for the connection`,
  terus: {
    server:
      'This desk goes on recording by itself and sends all of it once connected. Teachers are not told: call them.',
    database:
      'This desk goes on recording by itself and sends all of it once connected. Connected teachers are told.',
  },
  terpotong: 'The power failed during a record. What was cut off had never been shown as recorded.',
  rusak: (n) =>
    `${n} records are damaged on this PC's disk and cannot be read. Compare the book with what you remember.`,
  siap: 'If the server is away, this desk goes on recording and sends all of it once connected.',
  belum_siap: 'If the server is away, this desk cannot record by itself yet.',
  tetap_di_sini:
    'Records are kept, encrypted, in this browser only. Do not clear its data while anything is ' +
    'waiting. Before the PC is replaced, wait until all is sent; the desktop program can move ' +
    'records to a file.',
  batas: {
    tanpa_simpan:
      'This browser cannot keep records here. Open this page by https, or use the desktop program.',
    tab_lain: 'This desk is open in another tab. Only that tab records while the server is away.',
    tanpa_halaman:
      'Do not close or reload this page while the server is away: this browser cannot open it again.',
    bisa_dihapus:
      'This browser may remove records, as in a private window or if the disk is full. The desktop program keeps them.',
  },
  periksa: (n) => `${n} to be checked`,
  judul_periksa: 'To be checked',
  teks_periksa:
    'What this desk recorded alone is otherwise on the server. Check it, and correct the book if needed.',
  gagal: 'This list could not be loaded or saved. Try once more.',
  kosong: 'Nothing is left to be checked.',
  sudah: 'Checked',
  tak_dikenal: 'A code that this desk does not know',
  tak_dikenal_teks:
    'This desk does not know that code yet; the appointment may be new. The server checks it once ' +
    'connected, and what does not fit is listed under “To be checked”.',
  kegiatan: {
    pindai: 'Code scanned',
    pindah: 'Recorded by hand',
    langsung: 'Guest without an appointment',
    betulkan: 'Data corrected',
  },
  sebab: ({ alasan, kode }) => {
    switch (alasan) {
      case 'hasil_lain':
        return en.hasil[kode ?? ''] ?? 'The server recorded it otherwise.';
      case 'status_lain':
        return 'This visit stands elsewhere on the server.';
      case 'bergantung':
        return 'The server did not accept the registration of this guest.';
      case 'ditolak':
        return en.tolak[kode ?? ''] ?? `The server did not accept it (${kode ?? '–'}).`;
    }
  },
  hasil: {
    datang: 'The server recorded it as an arrival.',
    sudah_datang: 'Another desk had recorded the arrival of this guest before.',
    pulang: 'The server recorded it as a departure.',
    sudah_selesai: 'This visit is over on the server.',
    pilih: 'This guest had several appointments that day, so nothing is recorded yet.',
    tanpa_janji: 'This guest had no appointment that day, so nothing is recorded yet.',
  },
  tolak: {
    dibatalkan: 'This appointment was cancelled before the connection was back.',
    transisi_tidak_sah: 'This visit was changed elsewhere.',
    bukan_hari_ini: 'This appointment was not for that day.',
    sudah_diproses: 'This appointment was closed.',
    kedaluwarsa: 'The code had expired.',
    tidak_ditemukan: 'The server knows no such appointment or guest.',
    tanda_tangan_tidak_valid: 'The code is not of this school.',
    format_tidak_valid: 'The code cannot be read.',
    isian_tidak_valid: 'The server did not accept a field.',
  },
  pindah: {
    judul: 'Move the records of a desk',
    simpan: 'Save to a file',
    simpan_teks:
      'If this PC is replaced, save what is not sent yet, and take it in on the new PC. Nothing is recorded twice.',
    kosong: 'Nothing is waiting',
    kode: (n) => `${n} records saved. Write this code down; it is not shown again:`,
    ambil: 'Take in from a file',
    berkas: 'File of another desk',
    kode_label: 'Code of the file',
    kode_salah: 'This code does not open that file.',
    diambil: (n) =>
      n > 0
        ? `${n} records taken in; they are sent once connected.`
        : 'All of these records are here already.',
    gagal: 'The file could not be saved or taken in. Try once more.',
  },
  di_server: (row) =>
    `On the server: ${common.status[row.status]}${row.waktu_datang ? `, arrived ${timeText(row.waktu_datang)}` : ''}`,
};

export const tl = dictionary(id, en);
