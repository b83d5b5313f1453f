/** What the admin's page says of messages and channels, in Indonesian. */
import type { AlasanPesan } from '../api/types';
import { totalText } from './number';

const PENYEDIA: Record<string, string> = {
  cloud: 'WhatsApp Cloud API',
  fonnte: 'Fonnte',
  wablas: 'Wablas',
  waha: 'WAHA',
  evolution: 'Evolution API',
  smtp: 'SMTP',
};

export const id = {
  judul: 'Pesan',
  jumlah: (n: number) => `${totalText(n)} pesan`,
  diperbarui: (jam: string) => `diperbarui ${jam}`,
  data_pukul: (jam: string) => `Data pukul ${jam}, mungkin sudah berubah.`,
  saring: 'Keadaan',
  semua: 'Semua',
  pilih: (nama: string) => `Pilih pesan untuk ${nama}`,
  kirim_gagal: (n: number) => `Kirim ulang ${n} yang gagal`,
  kirim_tanya: (n: number) => `Kirim ulang ${n} pesan?`,
  kirim_tanya_teks:
    'Semua yang gagal masuk antrean kirim lagi. Yang salurannya belum diatur akan gagal lagi.',
  kirim_terpilih: (n: number) => `Kirim ulang ${n} terpilih`,
  sedang: (sudah: number, semua: number) => `${sudah} dari ${semua}`,
  dikirim: (n: number) => `${n} pesan masuk antrean kirim lagi`,
  kosong: 'Belum ada pesan',
  kosong_teks: 'Undangan, pengingat, dan kabar lain kepada tamu tercatat di sini.',
  tanpa_gagal: 'Tidak ada pesan yang gagal',
  tak_ada: 'Tidak ada pesan dengan keadaan ini',
  gagal: 'Pesan belum bisa dimuat',
  saluran: {
    judul: 'Saluran',
    keadaan: { siap: 'Siap', terganggu: 'Terganggu', belum_diatur: 'Belum diatur' },
    penyedia: (nama: string) => PENYEDIA[nama] ?? nama,
    rusak: (nama: string, sejak: string) =>
      sejak ? `${nama} terganggu sejak ${sejak}.` : `${nama} terganggu.`,
    saran: {
      tanpa_saluran: 'Atur salurannya di Setelan.',
      tanpa_alamat: 'Lengkapi nomor atau e-mail penerima.',
      nomor_tanpa_whatsapp: 'Periksa nomornya.',
      alamat_ditolak: 'Periksa alamat pengirim di Setelan.',
      token_ditolak: 'Isi kunci yang baru di Setelan.',
      sesi_putus: 'Buka WhatsApp di ponsel sekolah, lalu pindai lagi kode QR di halaman penyedia.',
      terlalu_cepat: 'Pesan dikirim lagi lebih pelan; tidak perlu apa-apa.',
      tidak_menjawab: 'Periksa internet sekolah dan server penyedia.',
      template_tidak_ada: 'Ajukan templatnya di WhatsApp Manager.',
      di_luar_24_jam: 'Ajukan templatnya di WhatsApp Manager.',
      sertifikat_ditolak: 'Perbaiki sertifikat server surat, atau alamatnya di Setelan.',
      ditolak: 'Lihat keterangannya di halaman penyedia.',
      dibatalkan: '',
      sudah_lewat: '',
      tidak_perlu: '',
      dipulihkan: '',
    } satisfies Record<AlasanPesan, string>,
    masih: 'Baru diperiksa: masih terganggu.',
    sambungkan: 'Periksa lagi',
    ke_setelan: 'Setelan saluran',
  },
};
