/** What a guest is sent about an appointment: the ticket as a picture, and WhatsApp with the words. */
import { tiketPng } from '../api/janji_temu';
import type { JanjiTemu, Pesan } from '../api/types';
import { host } from '../host';
import { language } from '../i18n/language.svelte';
import { failureText } from '../i18n/failure';
import { kt } from '../i18n/desk_work';

export class Undangan {
  busy = $state(false);
  /** Says what did not work. */
  message = $state('');
  /** Says what worked. */
  copied = $state('');
  readonly link: string | undefined;

  constructor(
    private readonly row: JanjiTemu,
    /** The words as the server wrote them. */
    private readonly pesan?: Pesan | null,
  ) {
    const digits = row.telp?.replace(/\D/g, '');
    this.link = digits ? (pesan?.tautan_wa ?? `https://wa.me/${digits}`) : undefined;
  }

  get text(): string | undefined {
    return this.pesan?.teks;
  }

  open(): void {
    if (this.link) host.outlet.openLink(this.link);
  }

  async copyText(): Promise<void> {
    if (this.text) this.#told(await host.outlet.copyText(this.text), kt.kabari.tersalin);
  }

  /** Whether it is on the clipboard now. */
  async copyTiket(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    // The guest reads it, so it is in the school's language.
    const drawn = await tiketPng(this.row.id, language.kept);
    this.busy = false;
    if (!drawn.ok) {
      this.copied = '';
      this.message = failureText(drawn.failure);
      return false;
    }
    const copied = await host.outlet.copyPicture(drawn.data);
    this.#told(copied, kt.kabari.tiket_tersalin);
    return copied;
  }

  /** Copies the ticket, then opens WhatsApp. It opens even without a clipboard. */
  async send(): Promise<void> {
    await this.copyTiket();
    this.open();
  }

  #told(worked: boolean, words: string): void {
    this.copied = worked ? words : '';
    this.message = worked ? '' : kt.kabari.gagal_salin;
  }
}
