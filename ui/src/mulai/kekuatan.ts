/** How hard a password is to guess. */
export type Kekuatan = 'lemah' | 'cukup' | 'kuat';

/** A hint, not a rule: length counts most, and what others know of the person counts for nothing. */
export function kekuatan(password: string, diketahui: string[]): Kekuatan {
  const known = diketahui.filter((word) => word.length >= 3).map((word) => word.toLowerCase());
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), password.toLowerCase());
  const distinct = ragam(rest);
  if (rest.length < 10 || distinct < 5 || /^\d+$/.test(rest)) return 'lemah';
  return rest.length >= 14 && distinct >= 8 ? 'kuat' : 'cukup';
}

/** How many different letters. */
export function ragam(text: string): number {
  return new Set(text).size;
}
