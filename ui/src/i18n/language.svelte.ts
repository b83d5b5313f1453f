/**
 * The language of the screens. This PC keeps it, `<html lang>` tells it, and every word on screen follows
 * it.
 */
import { host } from '../host';

export type LanguageCode = 'id' | 'en';

class Language {
  /** The language that this PC keeps. */
  kept = $state<LanguageCode>(host.choices.get('bahasa') === 'en' ? 'en' : 'id');
  /** The languages that the school offers its guests. */
  offered = $state.raw<LanguageCode[]>(['id', 'en']);
  #borrowed = $state<LanguageCode>();

  get code(): LanguageCode {
    return this.#borrowed ?? this.kept;
  }

  /** For Intl. */
  get locale(): string {
    return this.code === 'id' ? 'id-ID' : 'en-GB';
  }

  /** What the school offers, and its own language: where nobody has chosen, that is the one. */
  offer(offered: LanguageCode[] | undefined, own: LanguageCode | undefined): void {
    this.offered = offered ?? this.offered;
    if (!own || host.choices.get('bahasa') !== undefined || own === this.kept) return;
    this.kept = own;
    document.documentElement.lang = this.code;
  }

  /** For a screen that guests read: this device's language, or another one where guests are not offered it. */
  keepToOffered(): void {
    if (this.offered.includes(this.kept)) this.giveBack();
    else if (this.offered[0]) this.borrow(this.offered[0]);
  }

  choose(code: LanguageCode): void {
    this.kept = code;
    this.#borrowed = undefined;
    host.choices.set('bahasa', code);
    document.documentElement.lang = code;
    host.tellLanguage?.(code);
  }

  /** Changes the language until `giveBack` is called. */
  borrow(code: LanguageCode): void {
    this.#borrowed = code === this.kept ? undefined : code;
    document.documentElement.lang = code;
  }

  giveBack(): void {
    this.borrow(this.kept);
  }

  get is_borrowed(): boolean {
    return this.#borrowed !== undefined;
  }
}

export const language = new Language();

/**
 * A dictionary in both languages. The second has to have the shape of the first, so a missing translation does not
 * compile; reading a word follows the language.
 */
export function dictionary<T extends object>(id: T, en: T): T {
  const words = {};
  for (const name of Object.keys(id) as (keyof T)[]) {
    Object.defineProperty(words, name, {
      enumerable: true,
      get: () => (language.code === 'id' ? id : en)[name],
    });
  }
  return words as T;
}
