/** A visit for tests, today at 09.45. */
import type { Kunjungan } from '../api/types';

export const KODE = 'CAKQQZ'.padEnd(46, 'B') + 'A';

const KUNJUNGAN: Kunjungan = {
  kode: KODE,
  qr: `HTTPS://TAMU.EXAMPLE.SCH.ID/K/${KODE}`,
  hanya_di_sekolah: false,
  nama_sekolah: 'SMP Nusa Lentera',
  bahasa: ['id', 'en'],
  bahasa_bawaan: 'id',
  alamat: 'Jl. Lentera Raya 12, Bandung',
  petunjuk_arah: null,
  tempat: 'Lobi utama',
  nama_tamu: 'Ratna Wulandari',
  jumlah_orang: 1,
  nama_guru: 'Bambang Prasetyo, S.Pd.',
  sapaan_guru: 'Pak',
  jabatan_guru: null,
  keperluan: 'Konsultasi nilai',
  tanggal: '2026-11-23',
  waktu: '09:45',
  jadwal: '2026-11-23T02:45:00Z',
  durasi_menit: 30,
  zona_waktu: 'Asia/Jakarta',
  jenis: 'janji',
  status: 'belum',
  versi: 1,
  alasan: null,
  batal_oleh_tamu: false,
  terlambat: false,
  waktu_datang: null,
  waktu_mulai: null,
  waktu_selesai: null,
  tanggapan: null,
  tanggapan_jenis: null,
  tanggapan_menit: null,
  tanggapan_tempat: null,
  ditanggapi_pada: null,
  rating: null,
  komentar: null,
  bisa_batal: true,
  bisa_ulas: false,
  survei: false,
  persetujuan: null,
  punya_akun: false,
};

export function kunjungan(changes: Partial<Kunjungan> = {}): Kunjungan {
  return { ...KUNJUNGAN, ...changes };
}
