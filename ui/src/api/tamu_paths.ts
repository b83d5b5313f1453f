/**
 * The guest's endpoints, written by hand in the form of `schema.d.mts`, which does not have them yet. Once it has, this
 * file goes, and whoever imports it takes `schema.mjs`.
 */
import type { components } from './schema.mjs';

type Schemas = components['schemas'];

/** A text to be agreed to. */
export type Persetujuan = { teks: string; versi: string };

/** A visit as the page by its code shows it. */
export type Kunjungan = {
  /** The token in capitals. */
  kode: string;
  /** The text of the QR picture. */
  qr: string;
  /** There is no public address, so the page opens in the school's own network only. */
  hanya_di_sekolah: boolean;
  nama_sekolah: string;
  alamat: string | null;
  petunjuk_arah: string | null;
  tempat: string;
  /** Who really comes. */
  nama_tamu: string;
  jumlah_orang: number;
  nama_guru: string;
  sapaan_guru: Schemas['Sapaan'] | null;
  jabatan_guru: string | null;
  keperluan: string;
  /** YYYY-MM-DD */
  tanggal: string;
  /** HH:MM */
  waktu: string;
  jadwal: string;
  durasi_menit: number;
  zona_waktu: string;
  jenis: Schemas['Jenis'];
  status: Schemas['Status'];
  versi: number;
  alasan: string | null;
  batal_oleh_tamu: boolean;
  terlambat: boolean;
  waktu_datang: string | null;
  waktu_mulai: string | null;
  waktu_selesai: string | null;
  tanggapan: string | null;
  tanggapan_jenis: Schemas['JenisTanggapan'] | null;
  tanggapan_menit: number | null;
  tanggapan_tempat: string | null;
  ditanggapi_pada: string | null;
  rating: number | null;
  komentar: string | null;
  bisa_batal: boolean;
  /** The review is open now. */
  bisa_ulas: boolean;
  /** The school asks the survey, the visit has ended and nobody filled it in. */
  survei: boolean;
  /** What is to be agreed to; null if there is nothing or it is agreed to. */
  persetujuan: Persetujuan | null;
  /** A password was given, so that signing in makes sense. */
  punya_akun: boolean;
};

/** What a visit's socket is sent. */
export type KunjunganEvent = { type: 'kunjungan'; data: Kunjungan };

export type Unsur =
  | 'persyaratan'
  | 'prosedur'
  | 'waktu'
  | 'biaya'
  | 'produk'
  | 'kompetensi'
  | 'perilaku'
  | 'pengaduan'
  | 'sarana';
export type Usia = 'di_bawah_20' | '20_29' | '30_39' | '40_49' | '50_ke_atas';
export type Pendidikan = 'sd' | 'smp' | 'sma' | 'diploma' | 's1' | 's2_ke_atas';
export type Pekerjaan = 'pns' | 'tni_polri' | 'swasta' | 'wirausaha' | 'pelajar' | 'lainnya';
export type JenisKelamin = 'laki_laki' | 'perempuan';

/** At least one element; each 1 (worst) to 4 (best). */
export type SurveiRequest = {
  unsur: Partial<Record<Unsur, number>>;
  usia?: Usia;
  pendidikan?: Pendidikan;
  pekerjaan?: Pekerjaan;
  jenis_kelamin?: JenisKelamin;
  saran?: string;
};

/** The signed-in guest. `wajib_ganti_password`: the password is the first one. */
export type TamuMasuk = Schemas['Tamu'] & { wajib_ganti_password?: boolean };

/** An appointment of the signed-in guest. */
export type JanjiSaya = Schemas['JanjiTemu'] & { batal_oleh_tamu?: boolean };

export type JenisPesan =
  'undangan' | 'pindah' | 'batal' | 'pengingat' | 'kedatangan' | 'ulasan' | 'kredensial' | 'batal_tamu';
export type KeadaanPesan = 'menunggu' | 'diserahkan' | 'terkirim' | 'sampai' | 'dibaca' | 'gagal' | 'usang';

/** What the school keeps about the signed-in guest. */
export type DataSaya = {
  nama: string;
  telp: string | null;
  email: string | null;
  instansi: string | null;
  dibuat_pada: string;
  setuju_pada: string | null;
  setuju_versi: string | null;
  hapus_diminta_pada: string | null;
  persetujuan: Persetujuan | null;
  kunjungan: {
    tanggal: string;
    waktu: string;
    nama_guru: string;
    keperluan: string;
    status: Schemas['Status'];
    waktu_datang: string | null;
    waktu_selesai: string | null;
    rating: number | null;
    komentar: string | null;
    atas_nama: string | null;
    jumlah_orang: number;
  }[];
  pesan: { jenis: string; saluran: string | null; keadaan: string; dibuat_pada: string }[];
  /** Whom to write to about own data. */
  kontak_sekolah: string | null;
};

/** A missing field stays as it is; null clears it. */
export type DataSayaRequest = {
  nama?: string;
  email?: string | null;
  instansi?: string | null;
  setuju?: { versi: string };
};

/** `selesai`: nothing forbade it, so it is done and the session has ended. */
export type PermintaanHapus = { hapus_diminta_pada: string; selambatnya: string; selesai: boolean };

/** Codes of refusals that the document does not have yet. */
export type TamuErrorCode = Schemas['ErrorCode'] | 'survei_sudah_diisi' | 'survei_tidak_ada';

type Content<Reply> = { headers: Record<string, unknown>; content: { 'application/json': Reply } };

type Path<P> = P extends undefined ? { path?: never } : { path: P };
type Sent<B> = B extends undefined
  ? { requestBody?: never }
  : { requestBody: { content: { 'application/json': B } } };

type Operation<Reply, P = undefined, Body = undefined, Query = never> = Sent<Body> & {
  parameters: { query?: Query; header?: never; cookie?: never } & Path<P>;
  responses: { 200: Content<Reply> };
};

type ByKode = { token: string };

export interface TamuPaths {
  '/api/kunjungan/{token}': { get: Operation<Kunjungan, ByKode> };
  '/api/kunjungan/{token}/batal': { post: Operation<Kunjungan, ByKode, { alasan?: string }> };
  '/api/kunjungan/{token}/setuju': { post: Operation<Kunjungan, ByKode, { versi: string }> };
  '/api/kunjungan/{token}/survei': { post: Operation<{ message: string }, ByKode, SurveiRequest> };
  '/api/tamu/saya': {
    get: Operation<
      { data: JanjiSaya[]; total: number },
      undefined,
      undefined,
      { halaman: number; ukuran: number }
    >;
    put: Operation<DataSaya, undefined, DataSayaRequest>;
  };
  '/api/tamu/saya/data': { get: Operation<DataSaya, undefined, undefined, { format: 'txt' }> };
  '/api/tamu/saya/hapus': { post: Operation<PermintaanHapus>; delete: Operation<undefined> };
  '/api/tamu/saya/tarik-persetujuan': { post: Operation<DataSaya> };
}
