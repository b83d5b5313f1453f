/** A failure in words for the person at the screen. */
import type { Failure } from '../api/result';
import { refusals } from './refusals';
import { common } from './common';

/** The program's own sentences begin with a small letter, because a list puts a field's name before them. */
export function fieldText(message: string): string {
  return message.charAt(0).toLocaleUpperCase('id') + message.slice(1);
}

/** What is wrong with each field, by the server's name of the field. */
export function fieldTexts(failure: Failure): Record<string, string> {
  if (failure.kind !== 'problem') return {};
  const { errors = {}, codes = {}, batas = {} } = failure.problem;
  const said = Object.entries(errors).map(([field, message]) => {
    const kode = codes[field];
    return [field, codeText(kode, batas[field]) ?? fieldText(message)];
  });
  return Object.fromEntries(said) as Record<string, string>;
}

/** What is wrong by its code; as the server says it where there is none for this. */
export function saidText(kode: string, batas: readonly number[], message: string): string {
  return kode === 'tidak_sah' ? fieldText(message) : (codeText(kode, batas) ?? fieldText(message));
}

/** What is wrong with one field, by its code. */
export function codeText(kode: string | undefined, batas: readonly number[] = []): string | undefined {
  if (kode === undefined) return undefined;
  if (isKey(refusals.isian, kode)) return refusals.isian[kode](batas);
  return isKey(common.sandi.alasan, kode) ? common.sandi.alasan[kode] : undefined;
}

export function failureText(failure: Failure): string {
  if (failure.kind !== 'problem') return common.gagal[failure.kind];
  const { status, code } = failure.problem;
  if (status === 429) return common.gagal.terlalu_sering(failure.retry_after_s);
  return isKey(refusals.tolak, code) ? refusals.tolak[code] : common.gagal.lain;
}

function isKey<T extends object>(words: T, key: string): key is keyof T & string {
  return Object.hasOwn(words, key);
}
