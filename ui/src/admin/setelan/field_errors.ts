/** What can be told of a setting while it is typed. The server says the rest. */
import { t } from '../../i18n/admin_setelan';
import type { JamHari } from '../../api/types';
import { kindOf, linesOf, numberOf, PIN_REMOVED, type Draft, type FieldName } from './fields';
import { waktuOf } from './waktu';

const LINES_MAX = 20;
const LINE_MAX = 60;

/** Of the settings that were changed. */
export function wrongOf(draft: Draft, changed: FieldName[]): Partial<Record<FieldName, string>> {
  const wrong: Partial<Record<FieldName, string>> = {};
  for (const name of changed) {
    const text = wrongText(draft, name);
    if (text) wrong[name] = text;
  }
  const opens = waktuOf(draft.jam_buka);
  const closes = waktuOf(draft.jam_tutup);
  if (opens && closes && closes <= opens) {
    const name = changed.includes('jam_tutup') || !changed.includes('jam_buka') ? 'jam_tutup' : 'jam_buka';
    wrong[name] ??= t.salah.sebelum_buka;
  }
  if (!draft.bahasa.includes(draft.bahasa_bawaan)) wrong.bahasa_bawaan ??= t.salah.bahasa;
  if (draft.persetujuan_teks.trim() && !draft.persetujuan_versi.trim())
    wrong.persetujuan_versi = t.data.versi_kosong;
  return wrong;
}

/** Which day's hours cannot be meant. */
export function wrongHours({ buka, tutup }: JamHari): string | undefined {
  const [opens, closes] = [waktuOf(buka), waktuOf(tutup)];
  if (!opens || !closes) return t.tenang.tak_dikenal;
  return closes <= opens ? t.salah.sebelum_buka : undefined;
}

function wrongText(draft: Draft, name: FieldName): string | undefined {
  const kind = kindOf(name);
  const value = draft[name];
  if (kind.kind === 'time') return waktuOf(value as string) ? undefined : t.tenang.tak_dikenal;
  if (kind.kind === 'hours') {
    const wrong = (value as JamHari[]).find((one) => wrongHours(one) !== undefined);
    return wrong && `${t.libur.hari[wrong.hari - 1]}: ${wrongHours(wrong)}`;
  }
  if (kind.kind === 'number') {
    const number = numberOf(value as string);
    const is_whole = Number.isInteger(number) || kind.factor !== undefined;
    return is_whole && number >= kind.min && number <= kind.max
      ? undefined
      : t.salah.rentang(kind.min, kind.max);
  }
  if (kind.kind === 'pin')
    return value === PIN_REMOVED || /^\d{4,8}$/.test((value as string).trim()) ? undefined : t.salah.pin;
  if (kind.kind === 'list') {
    const lines = linesOf(value as string);
    if (lines.length > LINES_MAX) return t.salah.baris(LINES_MAX);
    return lines.some((line) => line.length > LINE_MAX) ? t.salah.panjang(LINE_MAX) : undefined;
  }
  if (kind.kind === 'days' || kind.kind === 'languages')
    return (value as unknown[]).length > 0 ? undefined : t.salah.kosong;
  if (kind.kind === 'text' && !kind.optional) return (value as string).trim() ? undefined : t.salah.kosong;
  return undefined;
}
