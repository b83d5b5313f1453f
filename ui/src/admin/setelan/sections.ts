/** The parts of the settings, as the address names them, and the plain settings of each. */
import type { FieldName } from './fields';

export const SECTIONS = ['sekolah', 'libur', 'kunjungan', 'pesan', 'meja', 'data'] as const;
export type Section = (typeof SECTIONS)[number];

export function sectionOf(rest: string): Section {
  return SECTIONS.find((name) => name === rest) ?? 'sekolah';
}

/** Groups of settings that stand on one sheet each. */
export const SHEETS: Partial<Record<Section, Partial<Record<SheetName, FieldName[]>>>> = {
  sekolah: {
    identitas: ['nama_sekolah', 'npsn', 'alamat', 'petunjuk_arah', 'kontak', 'titik_kumpul'],
    kop: ['kop', 'penanda_tangan'],
    tamu: ['bahasa', 'bahasa_bawaan', 'sapaan_tamu', 'alamat_publik'],
  },
  libur: { jam: ['jam_buka', 'jam_tutup', 'zona_waktu'] },
  kunjungan: {
    janji: [
      'toleransi_terlambat_menit',
      'durasi_bawaan_menit',
      'batas_pesan_bulan',
      'kode_berlaku_hari',
      'lewat_tengah_malam_jam',
    ],
    pilihan: ['keperluan', 'tempat', 'tempat_lain'],
  },
  data: {
    simpan: ['arsip_bulan', 'retensi_tamu_bulan', 'audit_bulan'],
    cadangan: ['jam_cadangan', 'folder_cadangan'],
  },
  meja: { meja: ['jeda_pulang_menit', 'batas_urung_menit', 'kiosk_diam_detik', 'kiosk_pin'] },
};
export type SheetName =
  'identitas' | 'kop' | 'tamu' | 'jam' | 'janji' | 'pilihan' | 'meja' | 'simpan' | 'cadangan';

/** Settings that a part shows in a way of its own, by its file. */
export const OWN_PLACE: Partial<Record<FieldName, string>> = {
  hari_kerja: 'WorkDays',
  jam_per_hari: 'WorkDays',
  laporan_mingguan: 'RecipientSection',
  laporan_bulanan: 'RecipientSection',
  jam_tenang_mulai: 'QuietSection',
  jam_tenang_selesai: 'QuietSection',
  pengingat: 'WhenSection',
  minta_ulasan: 'WhenSection',
  kabari_guru: 'WhenSection',
  survei: 'WhenSection',
  persetujuan_teks: 'DataSection',
  persetujuan_versi: 'DataSection',
  urutan_saluran: 'ChannelSection',
};
