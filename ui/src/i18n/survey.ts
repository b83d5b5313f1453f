/**
 * The survey's wording (Permenpan RB 14/2017): nine elements, each with its question and its answers from 4 (best) to
 * 1. The law names the elements; the sentences are the school's language.
 */
import type { JenisKelamin, Pekerjaan, Pendidikan, Unsur, Usia } from '../api/types';
import { dictionary } from './language.svelte';

/** `answers`: for 4, 3, 2 and 1. */
type Question = { name: string; ask: string; answers: [string, string, string, string] };

const id = {
  nanti: 'Nanti saja',
  dari: (n: number, total: number) => `${n} dari ${total}`,
  sisa: (menit: number) => (menit <= 1 ? 'sekitar 1 menit lagi' : `sekitar ${menit} menit lagi`),
  kembali: 'Kembali',
  lanjut: 'Lanjut',
  lewati: 'Lewati',
  kirim: 'Kirim jawaban',
  tanpa_nama: 'Tanpa nama. Guru tidak melihat jawaban Anda.',
  pilihan: (n: number) => `nilai ${n}`,
  paling_sedikit: 'Jawab paling sedikit satu pertanyaan.',
  akhir: 'Terakhir, sedikit tentang Anda',
  akhir_teks: 'Semuanya boleh dilewati. Sekolah hanya melihat jumlahnya.',
  usia: 'Usia',
  pendidikan: 'Pendidikan terakhir',
  pekerjaan: 'Pekerjaan',
  jenis_kelamin: 'Jenis kelamin',
  tidak_diisi: 'Tidak diisi',
  saran: 'Saran untuk sekolah',
  boleh: '(boleh kosong)',
  huruf: (n: number, maks: number) => `${n} dari ${maks}`,
  jangan: 'Jangan tulis nama siswa atau nomor telepon.',
  unsur: {
    persyaratan: {
      name: 'Persyaratan',
      ask: 'Seberapa sesuai persyaratan yang diminta dengan keperluan Anda?',
      answers: ['Sangat sesuai', 'Sesuai', 'Kurang sesuai', 'Tidak sesuai'],
    },
    prosedur: {
      name: 'Alur layanan',
      ask: 'Seberapa mudah alur kunjungan di sekolah ini?',
      answers: ['Sangat mudah', 'Mudah', 'Kurang mudah', 'Tidak mudah'],
    },
    waktu: {
      name: 'Waktu layanan',
      ask: 'Seberapa cepat Anda dilayani, dari tiba sampai selesai?',
      answers: ['Sangat cepat', 'Cepat', 'Kurang cepat', 'Tidak cepat'],
    },
    biaya: {
      name: 'Biaya',
      ask: 'Bagaimana kewajaran biaya layanan ini?',
      answers: ['Gratis', 'Murah', 'Cukup mahal', 'Sangat mahal'],
    },
    produk: {
      name: 'Hasil layanan',
      ask: 'Seberapa sesuai hasil kunjungan dengan yang dijanjikan?',
      answers: ['Sangat sesuai', 'Sesuai', 'Kurang sesuai', 'Tidak sesuai'],
    },
    kompetensi: {
      name: 'Kemampuan petugas',
      ask: 'Seberapa mampu guru dan petugas membantu Anda?',
      answers: ['Sangat mampu', 'Mampu', 'Kurang mampu', 'Tidak mampu'],
    },
    perilaku: {
      name: 'Sikap petugas',
      ask: 'Seberapa sopan dan ramah guru dan petugas kepada Anda?',
      answers: [
        'Sangat sopan dan ramah',
        'Sopan dan ramah',
        'Kurang sopan dan ramah',
        'Tidak sopan dan ramah',
      ],
    },
    pengaduan: {
      name: 'Pengaduan dan saran',
      ask: 'Bagaimana sekolah menangani pengaduan dan saran?',
      answers: ['Dikelola dengan baik', 'Berfungsi, kurang maksimal', 'Ada, tidak berfungsi', 'Tidak ada'],
    },
    sarana: {
      name: 'Sarana',
      ask: 'Bagaimana tempat dan sarana untuk tamu?',
      answers: ['Sangat baik', 'Baik', 'Cukup', 'Buruk'],
    },
  } satisfies Record<Unsur, Question> as Record<Unsur, Question>,
  pilih_usia: {
    di_bawah_20: 'Di bawah 20 tahun',
    '20_29': '20 – 29 tahun',
    '30_39': '30 – 39 tahun',
    '40_49': '40 – 49 tahun',
    '50_ke_atas': '50 tahun ke atas',
  } satisfies Record<Usia, string>,
  pilih_pendidikan: {
    sd: 'SD',
    smp: 'SMP',
    sma: 'SMA atau SMK',
    diploma: 'Diploma',
    s1: 'S1',
    s2_ke_atas: 'S2 ke atas',
  } satisfies Record<Pendidikan, string>,
  pilih_pekerjaan: {
    pns: 'PNS atau PPPK',
    tni_polri: 'TNI atau Polri',
    swasta: 'Pegawai swasta',
    wirausaha: 'Wirausaha',
    pelajar: 'Pelajar atau mahasiswa',
    lainnya: 'Lainnya',
  } satisfies Record<Pekerjaan, string>,
  pilih_jenis_kelamin: {
    perempuan: 'Perempuan',
    laki_laki: 'Laki-laki',
  } satisfies Record<JenisKelamin, string>,
};

const en: typeof id = {
  nanti: 'Later',
  dari: (n, total) => `${n} of ${total}`,
  sisa: (menit) => (menit <= 1 ? 'about a minute left' : `about ${menit} minutes left`),
  kembali: 'Back',
  lanjut: 'Next',
  lewati: 'Skip',
  kirim: 'Send answers',
  tanpa_nama: 'Without your name. The teacher does not see your answers.',
  pilihan: (n) => `mark ${n}`,
  paling_sedikit: 'Answer at least one question.',
  akhir: 'Lastly, a little about you',
  akhir_teks: 'All of it may be skipped. The school sees numbers only.',
  usia: 'Age',
  pendidikan: 'Education',
  pekerjaan: 'Occupation',
  jenis_kelamin: 'Sex',
  tidak_diisi: 'Not given',
  saran: 'A suggestion for the school',
  boleh: '(may stay empty)',
  huruf: (n, maks) => `${n} of ${maks}`,
  jangan: 'Please write no pupil’s name and no phone number.',
  unsur: {
    persyaratan: {
      name: 'Requirements',
      ask: 'How well did what was asked of you fit your purpose?',
      answers: ['Very well', 'Well', 'Not so well', 'Not at all'],
    },
    prosedur: {
      name: 'Procedure',
      ask: 'How easy is it to visit this school?',
      answers: ['Very easy', 'Easy', 'Not so easy', 'Not easy'],
    },
    waktu: {
      name: 'Time',
      ask: 'How quickly were you served, from arrival to the end?',
      answers: ['Very quickly', 'Quickly', 'Not so quickly', 'Not quickly'],
    },
    biaya: {
      name: 'Cost',
      ask: 'How fair was the cost of this service?',
      answers: ['Free', 'Cheap', 'Rather expensive', 'Very expensive'],
    },
    produk: {
      name: 'Result',
      ask: 'How well did the result match what was promised?',
      answers: ['Very well', 'Well', 'Not so well', 'Not at all'],
    },
    kompetensi: {
      name: 'Ability',
      ask: 'How able were teachers and staff to help you?',
      answers: ['Very able', 'Able', 'Not so able', 'Not able'],
    },
    perilaku: {
      name: 'Manners',
      ask: 'How polite and friendly were teachers and staff?',
      answers: ['Very polite and friendly', 'Polite and friendly', 'Not so polite', 'Not polite'],
    },
    pengaduan: {
      name: 'Complaints and suggestions',
      ask: 'How does the school deal with complaints and suggestions?',
      answers: [
        'It deals with them well',
        'It does, not fully',
        'There is a way that does not work',
        'Not at all',
      ],
    },
    sarana: {
      name: 'Facilities',
      ask: 'How are the rooms and facilities for guests?',
      answers: ['Very good', 'Good', 'Fair', 'Poor'],
    },
  },
  pilih_usia: {
    di_bawah_20: 'Under 20',
    '20_29': '20 – 29',
    '30_39': '30 – 39',
    '40_49': '40 – 49',
    '50_ke_atas': '50 and older',
  },
  pilih_pendidikan: {
    sd: 'Primary school',
    smp: 'Lower secondary school',
    sma: 'Upper secondary school',
    diploma: 'Diploma',
    s1: 'Bachelor',
    s2_ke_atas: 'Master or above',
  },
  pilih_pekerjaan: {
    pns: 'Civil servant',
    tni_polri: 'Military or police',
    swasta: 'Private sector',
    wirausaha: 'Own business',
    pelajar: 'Pupil or student',
    lainnya: 'Other',
  },
  pilih_jenis_kelamin: {
    perempuan: 'Female',
    laki_laki: 'Male',
  },
};

export const t = dictionary(id, en);
