/**
 * Folds names for searching as the server does (`domain::kata`), with the same cases:
 * `tests/fixtures/frasa.json`.
 */

/** The characters that people type for an apostrophe in a name. */
const APOSTROPHE_CHARS =
  "['`´\\u02b9-\\u02bf\\u02c8\\u02ca\\u02cb\\u0384\\u055a\\u05f3\\u1fbd\\u1fbf" +
  '\\u2018-\\u201b\\u2032\\u2035\\ua78b\\ua78c\\uff07\\uff40]';
const LETTER = '[\\p{L}\\p{M}\\p{N}]';
const APOSTROPHE = new RegExp(`(?<=${LETTER})${APOSTROPHE_CHARS}(?=${LETTER})`, 'gu');
const APOSTROPHES = new RegExp(APOSTROPHE_CHARS, 'gu');
const BLANK = /[\s\u2800]/gu;
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Letters that no decomposition takes apart, as they are typed on a keyboard without them. */
const UNDIVIDED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  ŧ: 't',
  ς: 'σ',
};

/**
 * The words of a text in lower case with blanks between, without marks, apostrophes and invisible
 * characters.
 */
export function foldedWords(text: string): string {
  return text
    .replace(BLANK, ' ')
    .replace(INVISIBLE, '')
    .replace(APOSTROPHE, '')
    .replace(APOSTROPHES, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(INVISIBLE, '')
    .replace(/\p{Nd}/gu, digit)
    .replace(/[ßæœøłđðħıþŧς]/gu, (letter) => UNDIVIDED[letter] ?? letter)
    .replace(/[^\p{Alphabetic}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether each word that was typed stands somewhere in the text. */
export function matches(text: string, q: string): boolean {
  const folded = foldedWords(text);
  return foldedWords(q)
    .split(' ')
    .every((word) => folded.includes(word));
}

/** The text in three parts. The middle part matches what was typed. */
export function highlighted(text: string, q: string): [string, string, string] {
  const wanted = foldedWords(q);
  const chars = [...text];
  const between = (from: number, to?: number) => chars.slice(from, to).join('');
  for (let from = 0; wanted && from < chars.length; from += 1) {
    for (let to = from + 1; to <= chars.length; to += 1) {
      const part = foldedWords(between(from, to));
      if (!part || !wanted.startsWith(part)) break;
      if (part !== wanted) continue;
      while (/\p{M}/u.test(chars[to] ?? '')) to += 1;
      return [between(0, from), between(from, to), between(to)];
    }
  }
  return [text, '', ''];
}

/** Unicode keeps the ten digits of a script together and in order, from zero on. */
function digit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
