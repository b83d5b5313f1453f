/** A file of holidays: shown line by line, then taken as a whole. */
import { base64 } from '../../../api/base64';
import { importHariLibur } from '../../../api/hari_libur';
import type { ImporHariLibur } from '../../../api/types';
import { failureText, fieldTexts } from '../../../i18n/failure';

export class LiburImport {
  shown = $state.raw<ImporHariLibur>();
  busy = $state(false);
  message = $state('');
  #berkas = '';

  readonly change_count = $derived(this.shown ? this.shown.jumlah.buat + this.shown.jumlah.ubah : 0);
  readonly can_import = $derived(
    this.shown !== undefined && this.shown.jumlah.salah === 0 && this.change_count > 0,
  );

  constructor(readonly file: File) {}

  async look(): Promise<void> {
    // The server reads the bytes as they are: only it knows in which of many ways they stand for text.
    this.#berkas = await base64(this.file);
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
    const told = await importHariLibur(this.#berkas, pratinjau);
    this.busy = false;
    if (told.ok) this.shown = told.data;
    else {
      const texts = fieldTexts(told.failure);
      this.message = texts['isi'] ?? texts['berkas'] ?? failureText(told.failure);
    }
    return told.ok;
  }
}
