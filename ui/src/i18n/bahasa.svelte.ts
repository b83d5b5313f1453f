/** The language of the screens: kept on this PC, told to `<html lang>`, and asked by every word shown. */
import { host } from '../host';

export type KodeBahasa = 'id' | 'en';

class Bahasa {
  /** What this PC keeps. */
  tetap = $state<KodeBahasa>(host.choices.get('bahasa') === 'en' ? 'en' : 'id');
  #dipinjam = $state<KodeBahasa>();

  get kode(): KodeBahasa {
    return this.#dipinjam ?? this.tetap;
  }

  /** For Intl. */
  get locale(): string {
    return this.kode === 'id' ? 'id-ID' : 'en-GB';
  }

  choose(kode: KodeBahasa): void {
    this.tetap = kode;
    this.#dipinjam = undefined;
    host.choices.set('bahasa', kode);
    document.documentElement.lang = kode;
    host.tellLanguage?.(kode);
  }

  /** For whoever stands there now, until it is given back. */
  borrow(kode: KodeBahasa): void {
    this.#dipinjam = kode === this.tetap ? undefined : kode;
    document.documentElement.lang = kode;
  }

  giveBack(): void {
    this.borrow(this.tetap);
  }

  get dipinjam(): boolean {
    return this.#dipinjam !== undefined;
  }
}

export const bahasa = new Bahasa();

/**
 * A dictionary in both languages. The second has to have the shape of the first, so a missing translation does not
 * compile; reading a word follows the language.
 */
export function kamus<T extends object>(id: T, en: T): T {
  const words = {};
  for (const name of Object.keys(id) as (keyof T)[]) {
    Object.defineProperty(words, name, {
      enumerable: true,
      get: () => (bahasa.kode === 'id' ? id : en)[name],
    });
  }
  return words as T;
}
