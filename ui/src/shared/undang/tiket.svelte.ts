/** A guest's ticket. It can be shown, copied while WhatsApp opens, and saved as a picture. */
import { tiketPng } from '../../api/janji_temu';
import type { Failure } from '../../api/result';
import type { JanjiTemu, Pesan } from '../../api/types';
import { host } from '../../host';
import { failureText } from '../../i18n/failure';
import { t } from '../../i18n/undang';
import { tamuName } from '../names';
import { toast } from '../toast.svelte';
import { printPicture } from './print_picture';
import { undanganOf } from './undangan';

export class Tiket {
  /** For an `img`; empty until it is drawn. */
  image_url = $state('');
  failure = $state.raw<Failure>();
  busy = $state<'kirim' | 'salin' | 'unduh' | 'cetak'>();
  /** Says what was done last. */
  done_text = $state('');
  /** Says what did not work. */
  message = $state('');
  #picture: Blob | undefined;
  readonly pesan: Pesan;
  /** Whether there is a number to send it to. */
  readonly has_number: boolean;

  constructor(
    private readonly row: JanjiTemu,
    /** The words as the server wrote them. */
    pesan?: Pesan | null,
  ) {
    this.pesan = pesan ?? undanganOf(row);
    this.has_number = Boolean(row.telp);
  }

  /** Loads the picture early, so that a press copies it at once. */
  async load(): Promise<void> {
    this.failure = undefined;
    // The guest reads it, so it is in the school's language.
    const drawn = await tiketPng(this.row.id, 'id');
    if (!drawn.ok) {
      this.failure = drawn.failure;
      return;
    }
    this.release();
    this.#picture = drawn.data;
    this.image_url = URL.createObjectURL(drawn.data);
  }

  /** Frees the picture. */
  release(): void {
    if (this.image_url) URL.revokeObjectURL(this.image_url);
    this.image_url = '';
    this.#picture = undefined;
  }

  /**
   * Copies the ticket, then opens WhatsApp. The order counts, because another window takes the focus and
   * with it the clipboard. Without a clipboard, saves the ticket as a file.
   */
  async send(): Promise<void> {
    const picture = await this.#ask('kirim');
    if (picture) {
      const copied = await host.outlet.copyPicture(picture);
      if (copied) this.done_text = t.tiket.siap_tempel;
      else if (await host.outlet.saveFile(this.#name, picture)) this.done_text = t.tiket.siap_lampir;
      else this.message = t.tiket.gagal_salin;
    }
    host.outlet.openLink(this.pesan.tautan_wa);
  }

  async copy(): Promise<void> {
    const picture = await this.#ask('salin');
    if (!picture) return;
    if (await host.outlet.copyPicture(picture)) toast.show(t.tiket.tersalin);
    else this.message = t.tiket.gagal_salin;
  }

  async download(): Promise<void> {
    const picture = await this.#ask('unduh');
    if (picture && (await host.outlet.saveFile(this.#name, picture))) toast.show(t.tiket.terunduh);
  }

  /** Prints it as a slip. */
  async print(): Promise<void> {
    if (await this.#ask('cetak')) await printPicture(this.image_url);
  }

  async copyText(): Promise<void> {
    this.#begin();
    if (await host.outlet.copyText(this.pesan.teks)) toast.show(t.tiket.teks_tersalin);
    else this.message = t.tiket.gagal_salin_teks;
  }

  #begin(): void {
    this.done_text = '';
    this.message = '';
  }

  async #ask(busy: 'kirim' | 'salin' | 'unduh' | 'cetak'): Promise<Blob | undefined> {
    if (this.busy) return undefined;
    this.#begin();
    this.busy = busy;
    if (!this.#picture) await this.load();
    this.busy = undefined;
    if (this.failure) this.message = failureText(this.failure);
    return this.#picture;
  }

  get #name(): string {
    const nama = tamuName(this.row)
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-');
    return `tiket-${this.row.tanggal}-${nama.replace(/^-|-$/g, '') || 'tamu'}.png`;
  }
}
