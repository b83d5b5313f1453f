/** A file of holidays: shown line by line, then taken as a whole. */
import { importHariLibur } from '../../../api/hari_libur';
import type { ImporHariLibur } from '../../../api/types';
import { failureText, fieldTexts } from '../../../i18n/failure';

export class LiburImport {
  shown = $state.raw<ImporHariLibur>();
  busy = $state(false);
  message = $state('');
  #text = '';

  readonly change_count = $derived(this.shown ? this.shown.jumlah.buat + this.shown.jumlah.ubah : 0);
  readonly can_import = $derived(
    this.shown !== undefined && this.shown.jumlah.salah === 0 && this.change_count > 0,
  );

  constructor(readonly file: File) {}

  async look(): Promise<void> {
    this.#text = decoded(new Uint8Array(await this.file.arrayBuffer()));
    await this.#send(true);
  }

  /** Whether it was taken. */
  async take(): Promise<boolean> {
    return this.can_import && this.#send(false);
  }

  async #send(pratinjau: boolean): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.message = '';
    const told = await importHariLibur(this.#text, pratinjau);
    this.busy = false;
    if (told.ok) this.shown = told.data;
    else this.message = fieldTexts(told.failure)['isi'] ?? failureText(told.failure);
    return told.ok;
  }
}

/** A file's text. Spreadsheets of different ages write it in different ways, and requests carry UTF-8. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
