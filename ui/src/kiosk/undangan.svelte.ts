/** What a guest is sent about an appointment: the ticket as a picture, and WhatsApp with the words. */
import { tiketPng } from '../api/janji_temu';
import type { JanjiTemu, Pesan } from '../api/types';
import { host } from '../host';
import { language } from '../i18n/language.svelte';
import { failureText } from '../i18n/failure';
import { kt } from '../i18n/desk_work';

export class Undangan {
  busy = $state(false);
  /** What did not work. */
  message = $state('');
  /** What did. */
  copied = $state('');
  readonly link: string | undefined;

  constructor(
    private readonly row: JanjiTemu,
    /** As the server wrote it. */
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
    // For the guest, so in the school's language, whoever reads this screen.
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

  /** The ticket lies on the clipboard when WhatsApp opens; it opens all the same where there is no clipboard. */
  async send(): Promise<void> {
    await this.copyTiket();
    this.open();
  }

  #told(worked: boolean, words: string): void {
    this.copied = worked ? words : '';
    this.message = worked ? '' : kt.kabari.gagal_salin;
  }
}
