/** What the admin's page says of periods. */
import { dictionary } from './language.svelte';

const id = {
  jenis: 'Jangka waktu',
  nama: {
    hari: 'Hari',
    minggu: 'Minggu',
    bulan: 'Bulan',
    rentang: 'Rentang',
    'tahun-ajaran': 'Tahun ajaran',
  },
  sebelum: {
    hari: 'Hari sebelumnya',
    minggu: 'Minggu sebelumnya',
    bulan: 'Bulan sebelumnya',
    rentang: 'Rentang sebelumnya',
    'tahun-ajaran': 'Tahun ajaran sebelumnya',
  },
  sesudah: {
    hari: 'Hari berikutnya',
    minggu: 'Minggu berikutnya',
    bulan: 'Bulan berikutnya',
    rentang: 'Rentang berikutnya',
    'tahun-ajaran': 'Tahun ajaran berikutnya',
  },
  tahun_ajaran: (tahun: string) => `Tahun ajaran ${tahun}`,
  minggu_lalu: 'minggu sebelumnya',
  hari_lalu: (n: number) => (n === 1 ? 'hari sebelumnya' : `${n} hari sebelumnya`),
  ke_tanggal: 'Tanggal yang dituju',
  dari: 'Dari tanggal',
  sampai: 'Sampai tanggal',
  pilih_tahun: 'Pilih tahun ajaran',
  salah: {
    tanggal: 'Isi kedua tanggal.',
    urutan: 'Tanggal akhir tidak boleh mendahului tanggal awal.',
    panjang: 'Paling panjang lima tahun.',
  },
};

const en: typeof id = {
  jenis: 'Period',
  nama: { hari: 'Day', minggu: 'Week', bulan: 'Month', rentang: 'Range', 'tahun-ajaran': 'School year' },
  sebelum: {
    hari: 'Previous day',
    minggu: 'Previous week',
    bulan: 'Previous month',
    rentang: 'Previous range',
    'tahun-ajaran': 'Previous school year',
  },
  sesudah: {
    hari: 'Next day',
    minggu: 'Next week',
    bulan: 'Next month',
    rentang: 'Next range',
    'tahun-ajaran': 'Next school year',
  },
  tahun_ajaran: (tahun) => `School year ${tahun}`,
  minggu_lalu: 'the week before',
  hari_lalu: (n) => (n === 1 ? 'the day before' : `the ${n} days before`),
  ke_tanggal: 'Go to the day',
  dari: 'From',
  sampai: 'To',
  pilih_tahun: 'Choose a school year',
  salah: {
    tanggal: 'Enter both days.',
    urutan: 'The last day cannot come before the first.',
    panjang: 'Five years at most.',
  },
};

export const t = dictionary(id, en);
