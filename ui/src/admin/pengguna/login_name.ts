/** What a user signs in with: the address, or the NUPTK or NIP of one who has none. */
const WITHOUT_EMAIL = '@tanpa-email.invalid';

export function hasEmail(email: string): boolean {
  return !email.endsWith(WITHOUT_EMAIL);
}

/** The number, in groups of four, where there is no address. */
export function loginName(email: string): string {
  return hasEmail(email) ? email : grouped(email.slice(0, -WITHOUT_EMAIL.length));
}

/** Digits, with blanks, dots and hyphens between them: a part of a NUPTK or NIP. */
export function partOfNumber(text: string): string | undefined {
  const digits = text.replace(/[\s.'-]/g, '');
  return /^\d{4,}$/.test(digits) ? digits : undefined;
}

/** "3352 7616 6220 0013": digits as people read them. */
export function grouped(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}
