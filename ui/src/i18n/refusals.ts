/**
 * Why the server refuses a field or an act, in the reader's language. It goes by the code, never by the
 * sentence.
 */
import type { KodeImpor, KodeIsian } from '../api/types';
import { dictionary } from './language.svelte';

/** Gets the limits that belong to a code. */
export type Kata = (batas: readonly number[]) => string;

const id = {
  isian: {
    wajib: () => 'Wajib diisi',
    melebihi_batas: ([max = 0]) => `Paling banyak ${max} karakter`,
    tanpa_huruf: () => 'Tulis dengan huruf',
    email: () => 'Alamat e-mail ini belum benar',
    telp: () => 'Nomor telepon tidak valid; contoh: 0812-3456-7890',
    rentang: ([min = 0, max = 0]) => `Isi antara ${min} dan ${max}`,
    tanggal: () => 'Tanggal ini tidak ada',
    waktu: () => 'Jam ini tidak ada',
    bulan: () => 'Bulan ini tidak ada',
    sudah_lewat: () => 'Waktu sudah lewat',
    terlalu_jauh: ([bulan = 0]) => `Paling lambat ${bulan} bulan dari sekarang`,
    waktu_tidak_ada: () => 'Jam itu tidak ada pada hari tersebut',
    sebelum_mulai: () => 'Harus setelah yang pertama',
    sudah_dipakai: () => 'Sudah dipakai',
    tamu_tidak_ada: () => 'Tamu ini tidak ditemukan',
    sama: () => 'Harus berbeda dari yang lama',
    bukan_untuk_jawaban_itu: () => 'Tidak cocok dengan jawaban itu',
    tanpa_alasan: () => 'Alasan hanya untuk batal atau tidak hadir',
    kurung_kurawal: () => 'Kurung kurawal harus berpasangan: {{nama_tamu}}',
    isian_asing: () => 'Ada sisipan yang tidak dikenal untuk pesan ini',
    isian_kurang: () => 'Sisipan yang wajib belum ada',
    tidak_sah: () => 'Isian ini belum benar',
  } satisfies Record<Exclude<KodeIsian, KodeImpor>, Kata>,
  tolak: {
    terlarang: 'Peran Anda tidak mengizinkan ini.',
    tidak_ditemukan: 'Data ini tidak ditemukan. Muat ulang, lalu coba lagi.',
    transisi_tidak_sah: 'Status kunjungan sudah berubah. Lihat keadaan terbarunya, lalu coba lagi.',
    bentrok: 'Guru sudah punya janji pada waktu itu.',
    sudah_ada: 'Data itu sudah dipakai.',
    tidak_bisa_dipisah: 'Kedua tamu tidak sedang digabung, atau digabung lebih dari sehari yang lalu.',
    admin_terakhir: 'Paling sedikit satu Admin harus tetap aktif.',
    kunci_dipakai: 'Permintaan ini sudah pernah dikirim. Muat ulang, lalu coba lagi.',
    ulasan_sudah_ada: 'Kunjungan ini sudah diulas.',
    survei_sudah_diisi: 'Survei kunjungan ini sudah diisi.',
    survei_tidak_ada: 'Sekolah ini tidak menanyakan survei untuk kunjungan ini.',
    belum_selesai: 'Ulasan dibuka setelah kedatangan dan kepulangan dicatat di meja penerima tamu.',
    ulasan_sendiri: 'Ulasan ditulis oleh tamu, bukan oleh yang dikunjungi.',
    data_rusak: 'Data ini rusak dan tidak bisa diubah. Hubungi admin.',
    terlalu_besar: 'Isinya terlalu besar.',
    isian_tidak_valid: 'Ada isian yang belum benar.',
    password_sementara_berakhir: 'Kata sandi sementara hanya berlaku 7 hari. Minta yang baru.',
    wajib_ganti_password: 'Ganti kata sandi sementara dahulu.',
    bukan_hari_ini: 'Janji ini bukan untuk hari ini.',
  },
};

const en: typeof id = {
  isian: {
    wajib: () => 'Required',
    melebihi_batas: ([max = 0]) => `At most ${max} characters`,
    tanpa_huruf: () => 'Write it in letters',
    email: () => 'This is not an e-mail address',
    telp: () => 'This is not a phone number; for example 0812-3456-7890',
    rentang: ([min = 0, max = 0]) => `Enter ${min} to ${max}`,
    tanggal: () => 'There is no such date',
    waktu: () => 'There is no such time',
    bulan: () => 'There is no such month',
    sudah_lewat: () => 'That time has passed',
    terlalu_jauh: ([bulan = 0]) => `At most ${bulan} months from now`,
    waktu_tidak_ada: () => 'That day has no such time',
    sebelum_mulai: () => 'It has to be after the first one',
    sudah_dipakai: () => 'Already in use',
    tamu_tidak_ada: () => 'There is no such guest',
    sama: () => 'Must differ from the old one',
    bukan_untuk_jawaban_itu: () => 'Does not go with that answer',
    tanpa_alasan: () => 'Only calling off or staying away has a reason',
    kurung_kurawal: () => 'Braces must come in pairs: {{nama_tamu}}',
    isian_asing: () => 'It has a placeholder that is not known for this message',
    isian_kurang: () => 'A placeholder that it needs is missing',
    tidak_sah: () => 'This is not right yet',
  },
  tolak: {
    terlarang: 'Your role does not allow this.',
    tidak_ditemukan: 'It was not found. Load again and try once more.',
    transisi_tidak_sah: 'The visit has changed meanwhile. See how it stands and try again.',
    bentrok: 'The teacher has an appointment at that time.',
    sudah_ada: 'It is in use already.',
    tidak_bisa_dipisah: 'The guests are not merged, or were merged more than a day ago.',
    admin_terakhir: 'At least one admin must stay active.',
    kunci_dipakai: 'This request was sent before. Load again and try once more.',
    ulasan_sudah_ada: 'This visit has been reviewed already.',
    survei_sudah_diisi: 'The survey of this visit has been filled in already.',
    survei_tidak_ada: 'The school does not ask a survey about this visit.',
    belum_selesai: 'The review opens once arrival and departure were taken at the front desk.',
    ulasan_sendiri: 'The guest writes the review, not who was visited.',
    data_rusak: 'This record is damaged and cannot be changed. Tell the admin.',
    terlalu_besar: 'It is too large.',
    isian_tidak_valid: 'Some fields are not right yet.',
    password_sementara_berakhir: 'A temporary password lasts 7 days only. Ask for a new one.',
    wajib_ganti_password: 'Change the temporary password first.',
    bukan_hari_ini: 'This appointment is not for today.',
  },
};

export const refusals = dictionary(id, en);
