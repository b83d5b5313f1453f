/** The settings as the form holds them: which there are, and how each is shown, typed and sent. */
import type { SetelanRequest } from '../../api/requests';
import type { JamHari, Setelan } from '../../api/types';
import { waktuOf } from './waktu';

/** How a setting is entered. */
type Kind =
  | { kind: 'text'; max: number; optional?: true }
  | { kind: 'lines'; max: number; rows: number }
  /** `never`: 0 is for ever. */
  | { kind: 'number'; unit: Unit; min: number; max: number; factor?: number; never?: true }
  | { kind: 'time' }
  | { kind: 'switch' }
  | { kind: 'list' }
  | { kind: 'zone' }
  | { kind: 'languages' }
  | { kind: 'language' }
  | { kind: 'days' }
  | { kind: 'hours' }
  | { kind: 'people' }
  | { kind: 'pin' }
  | { kind: 'group'; parts: readonly PartName[] }
  | { kind: 'order' };
export type Unit = 'menit' | 'jam' | 'bulan' | 'hari';

/** Lines of the letterhead, and of who signs. */
export type PartName =
  'baris1' | 'baris2' | 'baris3' | 'telp' | 'email' | 'situs' | 'nama' | 'nip' | 'jabatan';

export const FIELDS = {
  nama_sekolah: { kind: 'text', max: 100 },
  npsn: { kind: 'text', max: 8, optional: true },
  alamat: { kind: 'lines', max: 100, rows: 2 },
  petunjuk_arah: { kind: 'lines', max: 1000, rows: 3 },
  kontak: { kind: 'text', max: 100, optional: true },
  alamat_publik: { kind: 'text', max: 200, optional: true },
  bahasa: { kind: 'languages' },
  bahasa_bawaan: { kind: 'language' },
  sapaan_tamu: { kind: 'text', max: 40, optional: true },
  titik_kumpul: { kind: 'text', max: 100, optional: true },
  hari_kerja: { kind: 'days' },
  jam_per_hari: { kind: 'hours' },
  jam_buka: { kind: 'time' },
  jam_tutup: { kind: 'time' },
  zona_waktu: { kind: 'zone' },
  toleransi_terlambat_menit: { kind: 'number', unit: 'menit', min: 0, max: 240 },
  durasi_bawaan_menit: { kind: 'number', unit: 'menit', min: 5, max: 480 },
  batas_pesan_bulan: { kind: 'number', unit: 'bulan', min: 1, max: 24 },
  kode_berlaku_hari: { kind: 'number', unit: 'hari', min: 0, max: 365 },
  keperluan: { kind: 'list' },
  tempat: { kind: 'text', max: 100 },
  tempat_lain: { kind: 'list' },
  jeda_pulang_menit: { kind: 'number', unit: 'menit', min: 0, max: 240 },
  batas_urung_menit: { kind: 'number', unit: 'menit', min: 0, max: 60 },
  lewat_tengah_malam_jam: { kind: 'number', unit: 'jam', min: 0, max: 12 },
  kiosk_diam_detik: { kind: 'number', unit: 'menit', min: 1, max: 240, factor: 60 },
  kiosk_pin: { kind: 'pin' },
  jam_tenang_mulai: { kind: 'time' },
  jam_tenang_selesai: { kind: 'time' },
  pengingat: { kind: 'switch' },
  minta_ulasan: { kind: 'switch' },
  kabari_guru: { kind: 'switch' },
  survei: { kind: 'switch' },
  persetujuan_teks: { kind: 'lines', max: 1000, rows: 6 },
  persetujuan_versi: { kind: 'text', max: 40, optional: true },
  kop: { kind: 'group', parts: ['baris1', 'baris2', 'baris3', 'telp', 'email', 'situs'] },
  penanda_tangan: { kind: 'group', parts: ['nama', 'nip', 'jabatan'] },
  laporan_mingguan: { kind: 'people' },
  laporan_bulanan: { kind: 'people' },
  arsip_bulan: { kind: 'number', unit: 'bulan', min: 0, max: 240, never: true },
  retensi_tamu_bulan: { kind: 'number', unit: 'bulan', min: 0, max: 240, never: true },
  jam_cadangan: { kind: 'time' },
  folder_cadangan: { kind: 'text', max: 400, optional: true },
  audit_bulan: { kind: 'number', unit: 'bulan', min: 12, max: 240 },
  urutan_saluran: { kind: 'order' },
} as const satisfies Partial<Record<keyof SetelanRequest, Kind>>;

export type FieldName = keyof typeof FIELDS;
export const NAMES = Object.keys(FIELDS) as FieldName[];
export const kindOf = (name: FieldName): Kind => FIELDS[name];

/** Numbers and lists are text while they are typed. */
type TypedAsText = {
  [Name in FieldName]: (typeof FIELDS)[Name]['kind'] extends 'number' | 'list' | 'pin' ? Name : never;
}[FieldName];
export type Draft = Pick<Setelan, Exclude<FieldName, TypedAsText>> & Record<TypedAsText, string>;
export type Value = Draft[FieldName];

/** What the desks' PIN is while nobody changes it, and when it is to be removed. */
export const PIN_UNCHANGED = '';
export const PIN_REMOVED = 'hapus';

/** The settings as they are typed. */
export function draftOf(setelan: Setelan): Draft {
  const draft: Partial<Record<FieldName, Value>> = {};
  for (const name of NAMES) draft[name] = shownOf(name, setelan);
  return draft as Draft;
}

function shownOf(name: FieldName, setelan: Setelan): Value {
  const kind = kindOf(name);
  if (kind.kind === 'pin') return PIN_UNCHANGED;
  const value = setelan[name];
  if (kind.kind === 'number') return String(Number(value) / (kind.factor ?? 1)).replace('.', ',');
  if (kind.kind === 'list') return (value as string[]).join('\n');
  if (kind.kind === 'time') return (value as string).slice(0, 5);
  // A copy: what is typed must not change what is kept.
  if (kind.kind === 'people' || kind.kind === 'hours') return [...(value as never[])];
  return value as Value;
}

/** What is sent of it. What cannot be read is sent as it stands, and refused. */
export function sentOf(name: FieldName, value: Value): unknown {
  const kind = kindOf(name);
  if (kind.kind === 'group') return trimmed(value as Partial<Record<PartName, string>>);
  if (kind.kind === 'hours') return (value as JamHari[]).map(typedHours);
  if (typeof value !== 'string') return value;
  if (kind.kind === 'number') return Math.round(numberOf(value) * (kind.factor ?? 1));
  if (kind.kind === 'list') return linesOf(value);
  if (kind.kind === 'pin') return value === PIN_REMOVED ? '' : value.trim();
  return (kind.kind === 'time' ? waktuOf(value) : undefined) ?? value.trim();
}

/** Hours that cannot be read are sent as they stand. */
function typedHours({ hari, buka, tutup }: JamHari): JamHari {
  return { hari, buka: waktuOf(buka) ?? buka.trim(), tutup: waktuOf(tutup) ?? tutup.trim() };
}

function trimmed(parts: Partial<Record<PartName, string>>): Partial<Record<PartName, string>> {
  return Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, text.trim()]));
}

/** NaN if it is no number. */
export function numberOf(text: string): number {
  return /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : NaN;
}

/** The lines that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Whether both mean the same, however they are typed. */
export function isSame(name: FieldName, a: Value, b: Value): boolean {
  if (kindOf(name).kind === 'pin') return a === b;
  return JSON.stringify(sentOf(name, a)) === JSON.stringify(sentOf(name, b));
}
