/** Words about an arrival: the cards of the pop-up and of the guru's page. */
import type { Notifikasi, Status } from '../api/types';
import { dictionary } from './language.svelte';
import { timeText } from './format';

const id = {
  judul: 'Tamu Anda sudah datang',
  banyak: (n: number) => `${n} tamu menunggu Anda`,
  terjawab: 'Semua tamu sudah dijawab',
  baru_saja: 'baru saja',
  sudah: (lama: string) => `sudah ${lama}`,
  tiba: 'Tiba',
  jadwal: 'jadwal',
  tutup: 'Tutup, tetap belum dibaca',
  tunggu: 'Tunggu',
  tunggu_label: 'Minta tamu menunggu',
  satuan: 'menit',
  antar: 'Antar ke …',
  antar_label: 'Tamu diantar ke',
  antar_saran: 'Tempat yang sering dipakai',
  antar_bantu: 'Misalnya Ruang guru atau Kelas VIII-B. Boleh kosong.',
  tidak: 'Tidak bisa',
  lain: 'Tulis jawaban',
  dari: (n: number, maks: number) => `${n} dari ${maks} huruf`,
  lain_label: (nama: string) => `Jawaban untuk ${nama}`,
  kirim: 'Kirim',
  dibaca: 'Tandai dibaca',
  mulai: 'Mulai pertemuan',
  tiba_untuk: (nama: string, keperluan: string) => `Tamu ${nama} telah datang untuk ${keperluan}`,
  dipanggil: (jam: string) => `Meja depan memanggil lagi · ${jam}`,
  sampai: (jam: string) => `sampai ${jam}`,
  lewat: 'waktunya lewat',
  /** What this guru has just done; empty if the page shows it anyway. */
  pindah: (status: Status, nama: string) => {
    if (status === 'sedang berlangsung') return `Pertemuan dengan ${nama} dimulai`;
    return status === 'selesai' ? `Pertemuan dengan ${nama} selesai` : '';
  },
  sudah_tiba: (nama: string) => `${nama} sudah tiba`,
  mengirim: 'Mengirim jawaban',
  tampil: 'Tampil di meja depan',
  dijawab: (nama: string) => `Dijawab oleh ${nama}`,
  gagal: 'Jawaban belum terkirim.',
  gagal_urung: 'Jawaban belum bisa ditarik.',
  terputus: (detik: number) => `Sambungan terputus; dicoba lagi dalam ${detik} detik.`,
  batalkan: 'Batalkan',
  semua: (n: number) => `dan ${n} tamu lagi`,
  lebih_sedikit: 'Lebih sedikit',
  lihat: 'Lihat',
  lipat: 'Lipat',
  masuk: 'Kabar bagi guru saat tamunya datang',
  layar: 'Kabar tamu',
  buka: 'Buka rincian janji',
};

const en: typeof id = {
  judul: 'Your guest has arrived',
  banyak: (n) => (n === 1 ? '1 guest is waiting for you' : `${n} guests are waiting for you`),
  terjawab: 'Every guest has an answer',
  baru_saja: 'just now',
  sudah: (lama) => `for ${lama}`,
  tiba: 'Arrived',
  jadwal: 'scheduled',
  tutup: 'Close, keep as unread',
  tunggu: 'Wait',
  tunggu_label: 'Ask the guest to wait',
  satuan: 'min',
  antar: 'Bring to …',
  antar_label: 'The guest is brought to',
  antar_saran: 'Places that are often used',
  antar_bantu: 'Such as the staff room or class VIII-B. May be empty.',
  tidak: 'Cannot meet',
  lain: 'Write an answer',
  dari: (n, maks) => `${n} of ${maks} characters`,
  lain_label: (nama) => `Answer for ${nama}`,
  kirim: 'Send',
  dibaca: 'Mark as read',
  mulai: 'Start the meeting',
  tiba_untuk: (nama, keperluan) => `${nama} has arrived for ${keperluan}`,
  dipanggil: (jam) => `The front desk calls again · ${jam}`,
  sampai: (jam) => `until ${jam}`,
  lewat: 'the time has passed',
  pindah: (status, nama) => {
    if (status === 'sedang berlangsung') return `The meeting with ${nama} has begun`;
    return status === 'selesai' ? `The meeting with ${nama} is over` : '';
  },
  sudah_tiba: (nama) => `${nama} has arrived`,
  mengirim: 'Sending the answer',
  tampil: 'Shown at the front desk',
  dijawab: (nama) => `Answered by ${nama}`,
  gagal: 'The answer was not sent.',
  gagal_urung: 'The answer was not taken back.',
  terputus: (detik) => `No connection; next attempt in ${detik} s.`,
  batalkan: 'Cancel',
  semua: (n) => (n === 1 ? 'and 1 more guest' : `and ${n} more guests`),
  lebih_sedikit: 'Show fewer',
  lihat: 'Show',
  lipat: 'Fold up',
  masuk: 'Arrivals, for teachers',
  layar: 'Arrivals',
  buka: 'Open the appointment',
};

export const k = dictionary(id, en);

/** What is said of an arrival, or of the desk's calling again. */
export function arrivalText(row: Pick<Notifikasi, 'nama_tamu' | 'keperluan' | 'diberi_tahu_pada'>): string {
  const { nama_tamu, keperluan, diberi_tahu_pada } = row;
  if (diberi_tahu_pada) return `${nama_tamu}: ${k.dipanggil(timeText(diberi_tahu_pada))}`;
  return k.tiba_untuk(nama_tamu, keperluan);
}
