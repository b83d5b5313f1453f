/** The server's own shapes under their own names. */
import type { components } from './schema.mjs';

type Schemas = components['schemas'];

export type AlasanPesan = Schemas['AlasanPesan'];
export type CatatanAudit = Schemas['CatatanAudit'];
export type ChannelState = Schemas['ChannelState'];
export type AlasanDilewati = Schemas['AlasanDilewati'];
export type DaftarAudit = Schemas['DaftarAudit'];
export type DaftarEvakuasi = Schemas['DaftarEvakuasi'];
export type Dasbor = Schemas['Dasbor'];
export type DataTamu = Schemas['DataTamu'];
export type Dilewati = Schemas['Dilewati'];
export type JanjiTemuSeri = Schemas['JanjiTemuSeri'];
export type KalenderSaya = Schemas['KalenderSaya'];
export type DiGedung = Schemas['DiGedung'];
export type ErrorCode = Schemas['ErrorCode'];
export type Event = Schemas['Event'];
export type GuruRingkas = Schemas['GuruRingkas'];
export type HariPertama = Schemas['HariPertama'];
export type Hasil = Schemas['Hasil'];
export type InvalidBerkas = Schemas['InvalidBerkas'];
export type InvalidPassword = Schemas['InvalidPassword'];
export type KodeIsian = Schemas['KodeIsian'];
/** Of users' numbers and of an import: only the admin's page has words for them. */
export type KodeImpor = Extract<
  KodeIsian,
  | 'nuptk'
  | 'nip'
  | 'angka_terpotong'
  | 'tidak_dikenali'
  | 'sama_baris'
  | 'milik_lain'
  | 'beda_tersimpan'
  | 'peran'
>;
export type JenisKelamin = Schemas['JenisKelamin'];
export type JenisPesan = Schemas['JenisPesan'];
export type JenisTanggapan = Schemas['JenisTanggapan'];
export type JanjiTemu = Schemas['JanjiTemu'];
export type KeadaanPesan = Schemas['KeadaanPesan'];
export type Kedatangan = Schemas['Kedatangan'];
export type Kunjungan = Schemas['Kunjungan'];
export type Login = Schemas['Login'];
export type Nilai = Schemas['Nilai'];
export type Notifikasi = Schemas['Notifikasi'];
export type PasswordSementara = Schemas['PasswordSementara'];
export type Pekerjaan = Schemas['Pekerjaan'];
export type Pemeliharaan = Schemas['Pemeliharaan'];
export type PemeliharaanBaru = Schemas['PemeliharaanBaru'];
export type Contoh = Schemas['Contoh'];
export type HasilPemeliharaan = Schemas['HasilPemeliharaan'];
export type Pendidikan = Schemas['Pendidikan'];
export type Pengguna = Schemas['Pengguna'];
export type Penyedia = Schemas['Penyedia'];
export type Perangkat = Schemas['Perangkat'];
export type Erasure = Schemas['Erasure'];
export type Penolakan = Schemas['Penolakan'];
export type Persetujuan = Schemas['Persetujuan'];
export type Pesan = Schemas['Pesan'];
export type PesanKeluar = Schemas['PesanKeluar'];
export type DaftarCadangan = Schemas['DaftarCadangan'];
export type Pemulihan = Schemas['Pemulihan'];
export type TahapPemulihan = Schemas['TahapPemulihan'];
export type BackupTrouble = Schemas['BackupTrouble'];
export type UjiCadangan = Schemas['UjiCadangan'];
export type BackupProblem = Schemas['BackupProblem'];
export type BackupAlarm = Schemas['BackupAlarm'];
export type LembarPemulihan = Schemas['LembarPemulihan'];
export type SheetReply = Schemas['SheetReply'];
export type Placeholder = Schemas['Placeholder'];
export type RantaiAudit = Schemas['RantaiAudit'];
export type Presence = Schemas['Presence'];
export type Problem = Schemas['Problem'];
export type Role = Schemas['Role'];
export type Saluran = Schemas['Saluran'];
export type SaluranList = Schemas['SaluranList'];
export type SaluranRow = Schemas['SaluranRow'];
export type Sapaan = Schemas['Sapaan'];
export type Scan = Schemas['Scan'];
export type Sekolah = Schemas['Sekolah'];
export type SubjekIsi = Schemas['SubjekIsi'];
export type Status = Schemas['Status'];
export type Tamu = Schemas['Tamu'];
export type TamuKartu = Schemas['TamuKartu'];
export type DaftarJanjiTemu = Schemas['DaftarJanjiTemu'];
export type Jenis = Schemas['Jenis'];
export type TamuRingkas = Schemas['TamuRingkas'];
export type TemplateList = Schemas['TemplateList'];
export type TemplateRequest = Schemas['TemplateRequest'];
export type TemplateRow = Schemas['TemplateRow'];
export type TrialReply = Schemas['TrialReply'];
export type Unsur = Schemas['Unsur'];
export type Usia = Schemas['Usia'];
export type Verifikasi = Schemas['Verifikasi'];
export type BarisLibur = Schemas['BarisLibur'];
export type Dampak = Schemas['Dampak'];
export type DampakSetelan = Schemas['DampakSetelan'];
export type DaftarHariGuru = Schemas['DaftarHariGuru'];
export type DaftarHariLibur = Schemas['DaftarHariLibur'];
export type DaftarWaktuKosong = Schemas['DaftarWaktuKosong'];
export type HariGuru = Schemas['HariGuru'];
export type HariLibur = Schemas['HariLibur'];
export type HariLiburDiganti = Schemas['HariLiburDiganti'];
export type ImporHariLibur = Schemas['ImporHariLibur'];
export type JenisDampak = Schemas['JenisDampak'];
export type JenisLibur = Schemas['JenisLibur'];

/** An appointment that was made, or given another time. */
export type JanjiTemuBaru = Schemas['JanjiTemuBaru'];
/** The school's settings, and which version of them. */
export type Setelan = Schemas['SetelanBerversi'];
export type JamHari = Schemas['JamHari'];
export type UjiSetelan = Schemas['UjiSetelan'];
/** The school, as the register's server tells it. */
export type SekolahInfo = Schemas['SekolahInfo'];
/** A user who was added. */
export type PenggunaBaru = Schemas['PenggunaBaru'];
export type Anggota = Schemas['Anggota'];
export type PenggunaBeranggota = Schemas['PenggunaBeranggota'];
export type PenggunaRinci = Schemas['PenggunaRinci'];
export type SesiPengguna = Schemas['SesiPengguna'];
/** One page of a list, and the length of the whole list. */
export type Page<T> = { data: T[]; total: number };

/** A report with the period before it. */
export type Laporan = Schemas['LaporanBanding'];
export type LaporanGuru = Schemas['PerGuru'];
export type LaporanSurvei = Schemas['SurveiLaporan'];
export type Ekspor = Schemas['EksporReply'];
export type RatingSpread = Pick<
  RingkasanUlasan,
  'jumlah' | 'rating_rata_rata' | 'simpangan_baku' | 'per_rating'
>;
export type RingkasanUlasan = Schemas['Ringkasan'];
export type RingkasanSurvei = Schemas['RingkasanSurveiHari'];
export type Kop = Schemas['Kop'];
export type PenandaTangan = Schemas['PenandaTangan'];
export type SetelanLaporan = Schemas['SetelanBerversi'];
export type ReportFormat = Schemas['EksporFormat'];
export type FileLanguage = Schemas['Language'];
export type Ulasan = Schemas['Ulasan'];
