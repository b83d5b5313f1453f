/** What the admin's page says of users, their sessions and their import. */
import { en } from './admin_pengguna.en';
import { id } from './admin_pengguna.id';
import type { Failure } from '../api/result';
import { codeText, fieldTexts } from './failure';
import { dictionary } from './language.svelte';

export const t = dictionary(id, en);

/** What is wrong with a field of a user or of a line, or with a file, by its code. */
export function penggunaCodeText(
  kode: string | undefined,
  batas: readonly number[] = [],
): string | undefined {
  if (kode === undefined) return undefined;
  if (isKey(t.isian, kode)) return t.isian[kode](batas);
  return isKey(t.berkas, kode) ? t.berkas[kode] : codeText(kode, batas);
}

/** What is wrong with each field of a refused user or file. */
export function penggunaFieldTexts(failure: Failure): Record<string, string> {
  const texts = fieldTexts(failure);
  if (failure.kind !== 'problem') return texts;
  const { codes = {}, batas = {} } = failure.problem;
  const said = Object.entries(texts).map(([field, text]) => [
    field,
    penggunaCodeText(codes[field], batas[field]) ?? text,
  ]);
  return Object.fromEntries(said) as Record<string, string>;
}

function isKey<T extends object>(words: T, key: string): key is keyof T & string {
  return Object.hasOwn(words, key);
}
