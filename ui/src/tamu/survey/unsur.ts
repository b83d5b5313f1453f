/** The elements of the survey (Permenpan RB 14/2017) in the order in which they are asked, and who answers. */
import type { JenisKelamin, Pekerjaan, Pendidikan, Unsur, Usia } from '../../api/types';

export const UNSUR: readonly Unsur[] = [
  'persyaratan',
  'prosedur',
  'waktu',
  'biaya',
  'produk',
  'kompetensi',
  'perilaku',
  'pengaduan',
  'sarana',
];

/** From best to worst, as they stand on screen. */
export const MARKS = [4, 3, 2, 1] as const;
export type Mark = (typeof MARKS)[number];

export const USIA: readonly Usia[] = ['di_bawah_20', '20_29', '30_39', '40_49', '50_ke_atas'];
export const PENDIDIKAN: readonly Pendidikan[] = ['sd', 'smp', 'sma', 'diploma', 's1', 's2_ke_atas'];
export const PEKERJAAN: readonly Pekerjaan[] = [
  'pns',
  'tni_polri',
  'swasta',
  'wirausaha',
  'pelajar',
  'lainnya',
];
export const JENIS_KELAMIN: readonly JenisKelamin[] = ['perempuan', 'laki_laki'];
