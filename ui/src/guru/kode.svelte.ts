/** An appointment's code: shown, kept as a picture, copied, sent by WhatsApp. */
import { qrPng, qrSvg } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu, Pesan } from '../api/types';
import { host } from '../host';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/guru';
import { sekolah } from '../i18n/sekolah.svelte';
import { namaGuru, namaTamu } from '../shared/nama';
import { roti } from '../shared/roti.svelte';

export class Kode {
  svg = $state('');
  failure = $state.raw<Failure>();
  sibuk = $state<'png' | 'svg' | 'salin'>();
  /** What did not work, in words. */
  pesan = $state('');

  constructor(
    private readonly row: JanjiTemu,
    /** As the server wrote it when the appointment was made. */
    private readonly undangan?: Pesan,
  ) {}

  async load(): Promise<void> {
    this.failure = undefined;
    const drawn = await qrSvg(this.row.id);
    if (drawn.ok) this.svg = drawn.data;
    else this.failure = drawn.failure;
  }

  async unduh(jenis: 'png' | 'svg'): Promise<void> {
    const picture = await this.#picture(jenis);
    if (picture && (await host.outlet.saveFile(`${this.#name()}.${jenis}`, picture))) {
      roti.show(t.kode.terunduh);
    }
  }

  async salinGambar(): Promise<void> {
    const picture = await this.#picture('png', 'salin');
    if (!picture) return;
    if (await host.outlet.copyPicture(picture)) roti.show(t.kode.tersalin);
    else this.pesan = t.kode.gagal_salin;
  }

  async salinTeks(): Promise<void> {
    this.pesan = '';
    if (await host.outlet.copyText(this.teks)) roti.show(t.kode.tersalin_teks);
    else this.pesan = t.kode.gagal_salin;
  }

  kirimWa(): void {
    const digits = this.row.telp?.replace(/\D/g, '') ?? '';
    host.outlet.openLink(
      this.undangan?.tautan_wa ?? `https://wa.me/${digits}?text=${encodeURIComponent(this.teks)}`,
    );
  }

  /** For the guest, so in the school's language. */
  get teks(): string {
    const sent = this.undangan?.teks;
    const { jadwal, waktu, keperluan, kode_qr } = this.row;
    return (
      sent ??
      `Yth. ${namaTamu(this.row)}, Anda punya janji temu dengan ${namaGuru(this.row)} (${sekolah.tempat}) pada ` +
        `${tanggalUndangan(jadwal)} pukul ${waktu.replace(':', '.')} untuk ${keperluan}.\n` +
        `Kode Anda: ${kode_qr}\nTunjukkan kode ini kepada penerima tamu.`
    );
  }

  async #picture(jenis: 'png' | 'svg', sibuk: 'png' | 'svg' | 'salin' = jenis): Promise<Blob | undefined> {
    if (this.sibuk) return undefined;
    this.pesan = '';
    this.sibuk = sibuk;
    const drawn = jenis === 'png' ? await qrPng(this.row.id) : await qrSvg(this.row.id);
    this.sibuk = undefined;
    if (!drawn.ok) {
      this.pesan = failureText(drawn.failure);
      return undefined;
    }
    const { data } = drawn;
    return typeof data === 'string' ? new Blob([data], { type: 'image/svg+xml' }) : data;
  }

  #name(): string {
    const nama = namaTamu(this.row)
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-');
    return `janji-${this.row.tanggal}-${nama.replace(/^-|-$/g, '') || 'tamu'}`;
  }
}

function tanggalUndangan(jadwal: string): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('id-ID', { ...options, timeZone: sekolah.zona_waktu }).format(
    new Date(jadwal),
  );
}
