/**
 * What a text is, by its looks: a guest's code, a part of one, or a stranger's. Only the first is asked
 * about. Only the server knows whether a code is genuine.
 */
import { findToken, TOKEN_LENGTH } from './token';

/** A piece of a code has digits, or is longer than words are. */
const PIECE_MIN = 12;
const PIECE_MIN_WITHOUT_DIGITS = 20;
const PIECE = /^(?:\][a-z][a-z0-9])?(?:https?:\/\/\S+\/k\/)?([a-z2-7]*)$/i;
/** What stands before a token and belongs to it: a reader's mark (`]Q1`), an address. */
const BEFORE = /(?:\][a-z][a-z0-9])?(?:https?:\/\/\S+\/)?$/i;
/** No reader puts more around a token. */
const CODE_MAX = 512;

export type CodeShape =
  /** It holds a token. */
  | 'kode'
  /** It is a part of one: the reader was taken away too early. */
  | 'terpotong'
  /** It has nothing to do with this guest book. */
  | 'asing';

export function shapeOf(read: string): CodeShape {
  const text = read.trim();
  if (findToken(text) !== undefined) return 'kode';
  return isPiece(text) ? 'terpotong' : 'asing';
}

/** How many characters at the end of a text are a code, its mark and address included; 0 if there is none. */
export function codeTail(text: string): number {
  if (text.length < TOKEN_LENGTH) return 0;
  const end = text.slice(-CODE_MAX);
  const token = findToken(end);
  if (token === undefined) return 0;
  const before = end.slice(0, end.lastIndexOf(token));
  return end.length - before.length + (BEFORE.exec(before)?.[0].length ?? 0);
}

function isPiece(text: string): boolean {
  const [whole, letters = ''] = PIECE.exec(text) ?? [];
  if (whole === undefined || letters.length >= TOKEN_LENGTH) return false;
  // A reader's mark or our own address stands before it.
  if (letters.length < whole.length) return true;
  if (/\d/.test(letters) && /[a-z]/i.test(letters)) return letters.length >= PIECE_MIN;
  return letters.length >= PIECE_MIN_WITHOUT_DIGITS && letters === letters.toUpperCase();
}
