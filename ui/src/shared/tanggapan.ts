/** A guru's answer. Its kind decides colour, sound and words; its own words show if they say more. */
import type { JanjiTemu, JenisTanggapan } from '../api/types';
import { tanggapanWords } from '../i18n/tanggapan';
import { sebentarLeft } from './sebentar';

/** An appointment or a notification. */
export type TanggapanFields = Pick<
  JanjiTemu,
  | 'tanggapan'
  | 'tanggapan_jenis'
  | 'tanggapan_menit'
  | 'tanggapan_tempat'
  | 'ditanggapi_pada'
  | 'diberi_tahu_pada'
> &
  /** The member who answered for a unit. */
  Partial<Pick<JanjiTemu, 'ditanggapi_oleh'>>;

export type Tanggapan = {
  jenis: JenisTanggapan;
  /** In the reader's language, or as the guru wrote it. */
  words: string;
  /** What the guru wrote beside the kind. */
  note?: string;
  minutes?: number;
  tempat?: string;
  /** When it was given, in milliseconds. */
  pada?: number;
  /** Of `sebentar`: when the guru comes, in milliseconds. */
  sampai?: number;
};

/** The standard words of a kind, in the school's language. */
export function standardWords(
  jenis: JenisTanggapan,
  minutes?: number | null,
  tempat?: string | null,
): string {
  switch (jenis) {
    case 'ke_lobi':
      return 'Saya ke lobi';
    case 'sebentar':
      return `${minutes ?? 0} menit lagi`;
    case 'antar':
      return tempat ? `Antar ke ${tempat}` : 'Antar ke ruang';
    case 'tidak_bisa':
      return 'Tidak bisa';
    case 'teks':
      return '';
  }
}

export function tanggapanOf(row: TanggapanFields): Tanggapan | undefined {
  const { tanggapan: text, tanggapan_menit: minutes, tanggapan_tempat: tempat, ditanggapi_pada } = row;
  if (!text && !row.tanggapan_jenis) return undefined;
  const jenis = row.tanggapan_jenis ?? 'teks';
  const lower = (words: string) => words.toLocaleLowerCase('id');
  const plain = lower((text ?? '').trim().replace(/[.!]+$/, ''));
  const says_more = jenis !== 'teks' && text && plain !== lower(standardWords(jenis, minutes, tempat));
  const note = says_more ? { note: text } : {};
  const pada = ditanggapi_pada ? { pada: Date.parse(ditanggapi_pada) } : {};
  const sampai =
    jenis === 'sebentar' && minutes && ditanggapi_pada
      ? { sampai: Date.parse(ditanggapi_pada) + minutes * 60_000 }
      : {};
  return {
    jenis,
    words: words(jenis, text ?? '', minutes, tempat),
    ...note,
    ...(minutes ? { minutes } : {}),
    ...(tempat ? { tempat } : {}),
    ...pada,
    ...sampai,
  };
}

function words(jenis: JenisTanggapan, text: string, minutes?: number | null, tempat?: string | null): string {
  if (jenis === 'teks') return text;
  if (jenis === 'sebentar') return tanggapanWords.sebentar(minutes ?? 0);
  if (jenis === 'antar') return tempat ? tanggapanWords.antar(tempat) : tanggapanWords.antar_saja;
  return tanggapanWords[jenis];
}

/** When the desk called the guru again, if no answer came since. */
export function calledAgainAt({ diberi_tahu_pada, ditanggapi_pada }: TanggapanFields): string | undefined {
  if (!diberi_tahu_pada) return undefined;
  const is_answered = ditanggapi_pada && Date.parse(ditanggapi_pada) >= Date.parse(diberi_tahu_pada);
  return is_answered ? undefined : diberi_tahu_pada;
}

/** Whether the guru's announced minutes have passed. */
export function isSebentarOver(row: TanggapanFields, now_ms: number): boolean {
  const sampai = tanggapanOf(row)?.sampai;
  return sampai !== undefined && sebentarLeft(sampai, now_ms) < 0;
}

/** Whether the guest has an answer that holds. */
export function answerHolds(row: TanggapanFields, now_ms: number): boolean {
  return tanggapanOf(row) !== undefined && !isSebentarOver(row, now_ms) && !calledAgainAt(row);
}

/** Whether the second copy has another answer than the first. */
export function isOtherTanggapan(before: TanggapanFields | undefined, after: TanggapanFields): boolean {
  const same = (
    ['tanggapan', 'tanggapan_jenis', 'tanggapan_menit', 'tanggapan_tempat', 'ditanggapi_pada'] as const
  ).every((field) => (before?.[field] ?? null) === (after[field] ?? null));
  return tanggapanOf(after) !== undefined && !same;
}
