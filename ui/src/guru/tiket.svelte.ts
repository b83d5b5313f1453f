/** A guest's ticket: shown, copied together with opening WhatsApp, kept as a picture. */
import { tiketPng } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu, Pesan } from '../api/types';
import { host } from '../host';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/guru';
import { tamuName } from '../shared/names';
import { toast } from '../shared/toast.svelte';
import { undanganOf } from './undangan';

export class Tiket {
  /** For an `img`; empty until it is drawn. */
  alamat = $state('');
  failure = $state.raw<Failure>();
  busy = $state<'kirim' | 'salin' | 'unduh'>();
  /** What was done last, in words. */
  beres = $state('');
  /** What did not work, in words. */
  message = $state('');
  #gambar: Blob | undefined;
  readonly kabar: Pesan;
  /** Whether there is a number to send it to. */
  readonly bernomor: boolean;

  constructor(
    private readonly row: JanjiTemu,
    /** As the server wrote it. */
    kabar?: Pesan | null,
  ) {
    this.kabar = kabar ?? undanganOf(row);
    this.bernomor = Boolean(row.telp);
  }

  /** Drawn before it is needed, so that a press copies at once. */
  async load(): Promise<void> {
    this.failure = undefined;
    // For the guest, so in the school's language, whoever reads this screen.
    const drawn = await tiketPng(this.row.id, 'id');
    if (!drawn.ok) {
      this.failure = drawn.failure;
      return;
    }
    this.lepas();
    this.#gambar = drawn.data;
    this.alamat = URL.createObjectURL(drawn.data);
  }

  /** The picture is shown no more. */
  lepas(): void {
    if (this.alamat) URL.revokeObjectURL(this.alamat);
    this.alamat = '';
    this.#gambar = undefined;
  }

  /**
   * Copies the ticket, then opens WhatsApp: another window would take the focus, and with it the clipboard. Where
   * there is no clipboard the ticket is kept as a file.
   */
  async send(): Promise<void> {
    const gambar = await this.#ask('kirim');
    if (gambar) {
      const copied = await host.outlet.copyPicture(gambar);
      if (copied) this.beres = t.tiket.siap_tempel;
      else if (await host.outlet.saveFile(this.#name, gambar)) this.beres = t.tiket.siap_lampir;
      else this.message = t.tiket.gagal_salin;
    }
    host.outlet.openLink(this.kabar.tautan_wa);
  }

  async salin(): Promise<void> {
    const gambar = await this.#ask('salin');
    if (!gambar) return;
    if (await host.outlet.copyPicture(gambar)) toast.show(t.tiket.tersalin);
    else this.message = t.tiket.gagal_salin;
  }

  async unduh(): Promise<void> {
    const gambar = await this.#ask('unduh');
    if (gambar && (await host.outlet.saveFile(this.#name, gambar))) toast.show(t.tiket.terunduh);
  }

  async salinTeks(): Promise<void> {
    this.#begin();
    if (await host.outlet.copyText(this.kabar.teks)) toast.show(t.tiket.teks_tersalin);
    else this.message = t.tiket.gagal_salin_teks;
  }

  #begin(): void {
    this.beres = '';
    this.message = '';
  }

  async #ask(busy: 'kirim' | 'salin' | 'unduh'): Promise<Blob | undefined> {
    if (this.busy) return undefined;
    this.#begin();
    this.busy = busy;
    if (!this.#gambar) await this.load();
    this.busy = undefined;
    if (this.failure) this.message = failureText(this.failure);
    return this.#gambar;
  }

  get #name(): string {
    const nama = tamuName(this.row)
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-');
    return `tiket-${this.row.tanggal}-${nama.replace(/^-|-$/g, '') || 'tamu'}.png`;
  }
}
