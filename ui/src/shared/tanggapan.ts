/** A guru's answer as a kind, which decides colour, sound and words; its own words are shown where they say more. */
import type { JanjiTemu, JenisTanggapan } from '../api/types';
import { kataTanggapan } from '../i18n/tanggapan';
import { sisaSebentar } from './sebentar';

/** An appointment or a notification. */
export type Dijawab = Pick<
  JanjiTemu,
  | 'tanggapan'
  | 'tanggapan_jenis'
  | 'tanggapan_menit'
  | 'tanggapan_tempat'
  | 'ditanggapi_pada'
  | 'diberi_tahu_pada'
>;

export type Tanggapan = {
  jenis: JenisTanggapan;
  /** In the reader's language, or as the guru wrote it. */
  kata: string;
  /** What the guru wrote beside the kind. */
  catatan?: string;
  menit?: number;
  tempat?: string;
  /** When it was given, in milliseconds. */
  pada?: number;
  /** Of `sebentar`: when the guru comes, in milliseconds. */
  sampai?: number;
};

/** The words that a kind has by itself, in the school's own language: they say nothing more than the kind. */
export function bawaan(jenis: JenisTanggapan, menit?: number | null, tempat?: string | null): string {
  switch (jenis) {
    case 'ke_lobi':
      return 'Saya ke lobi';
    case 'sebentar':
      return `${menit ?? 0} menit lagi`;
    case 'antar':
      return tempat ? `Antar ke ${tempat}` : 'Antar ke ruang';
    case 'tidak_bisa':
      return 'Tidak bisa';
    case 'teks':
      return '';
  }
}

export function tanggapanOf(row: Dijawab): Tanggapan | undefined {
  const { tanggapan: teks, tanggapan_menit: menit, tanggapan_tempat: tempat, ditanggapi_pada } = row;
  if (!teks && !row.tanggapan_jenis) return undefined;
  const jenis = row.tanggapan_jenis ?? 'teks';
  const lower = (words: string) => words.toLocaleLowerCase('id');
  const plain = lower((teks ?? '').trim().replace(/[.!]+$/, ''));
  const says_more = jenis !== 'teks' && teks && plain !== lower(bawaan(jenis, menit, tempat));
  const catatan = says_more ? { catatan: teks } : {};
  const pada = ditanggapi_pada ? { pada: Date.parse(ditanggapi_pada) } : {};
  const sampai =
    jenis === 'sebentar' && menit && ditanggapi_pada
      ? { sampai: Date.parse(ditanggapi_pada) + menit * 60_000 }
      : {};
  return {
    jenis,
    kata: kata(jenis, teks ?? '', menit, tempat),
    ...catatan,
    ...(menit ? { menit } : {}),
    ...(tempat ? { tempat } : {}),
    ...pada,
    ...sampai,
  };
}

function kata(jenis: JenisTanggapan, teks: string, menit?: number | null, tempat?: string | null): string {
  if (jenis === 'teks') return teks;
  if (jenis === 'sebentar') return kataTanggapan.sebentar(menit ?? 0);
  if (jenis === 'antar') return tempat ? kataTanggapan.antar(tempat) : kataTanggapan.antar_saja;
  return kataTanggapan[jenis];
}

/** When the desk called the guru again to a guest who has had no answer since. */
export function dipanggilLagi({ diberi_tahu_pada, ditanggapi_pada }: Dijawab): string | undefined {
  if (!diberi_tahu_pada) return undefined;
  const is_answered = ditanggapi_pada && Date.parse(ditanggapi_pada) >= Date.parse(diberi_tahu_pada);
  return is_answered ? undefined : diberi_tahu_pada;
}

/** The guru said to come in so many minutes, and they have passed. */
export function waktunyaLewat(row: Dijawab, kini_ms: number): boolean {
  const sampai = tanggapanOf(row)?.sampai;
  return sampai !== undefined && sisaSebentar(sampai, kini_ms) < 0;
}

/** The guest has an answer that holds. */
export function terjawab(row: Dijawab, kini_ms: number): boolean {
  return tanggapanOf(row) !== undefined && !waktunyaLewat(row, kini_ms) && !dipanggilLagi(row);
}

/** Whether the second copy carries another answer than the first. */
export function dijawabLain(before: Dijawab | undefined, after: Dijawab): boolean {
  const same = (
    ['tanggapan', 'tanggapan_jenis', 'tanggapan_menit', 'tanggapan_tempat', 'ditanggapi_pada'] as const
  ).every((field) => (before?.[field] ?? null) === (after[field] ?? null));
  return tanggapanOf(after) !== undefined && !same;
}
