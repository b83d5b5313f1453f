/** A guru's answer to one arrival: sent with one press, tried again by itself, taken back as easily. */
import { respond } from '../api/notifikasi';
import type { RespondRequest } from '../api/requests';
import { isTrouble, type Failure } from '../api/result';
import type { JenisTanggapan, Notifikasi } from '../api/types';
import { bawaan, tanggapanOf, terjawab, waktunyaLewat, type Dijawab } from './tanggapan';

const RETRY_MS = 5000;

/** An answer as it is sent: its kind, and the words the kind has in the school's own language. */
export type IsiJawaban = RespondRequest & { tanggapan: string; tanggapan_jenis: JenisTanggapan };

export const jawab = {
  lobi: (): IsiJawaban => ({ tanggapan: bawaan('ke_lobi'), tanggapan_jenis: 'ke_lobi' }),
  sebentar: (menit: number): IsiJawaban => ({
    tanggapan: bawaan('sebentar', menit),
    tanggapan_jenis: 'sebentar',
    tanggapan_menit: menit,
  }),
  /** Without a place the desk knows where. */
  antar: (tempat: string): IsiJawaban => ({
    tanggapan: bawaan('antar', undefined, tempat),
    tanggapan_jenis: 'antar',
    ...(tempat ? { tanggapan_tempat: tempat } : {}),
  }),
  tidak: (): IsiJawaban => ({ tanggapan: bawaan('tidak_bisa'), tanggapan_jenis: 'tidak_bisa' }),
  teks: (teks: string): IsiJawaban => ({ tanggapan: teks, tanggapan_jenis: 'teks' }),
};

/** What stands at the desk, as it would be sent. */
function isiOf(row: Dijawab): IsiJawaban | null {
  const { tanggapan, tanggapan_jenis, tanggapan_menit, tanggapan_tempat } = row;
  if (!tanggapan && !tanggapan_jenis) return null;
  return {
    tanggapan: tanggapan ?? '',
    tanggapan_jenis: tanggapan_jenis ?? 'teks',
    ...(tanggapan_menit ? { tanggapan_menit } : {}),
    ...(tanggapan_tempat ? { tanggapan_tempat } : {}),
  };
}

type Tahap = 'diam' | 'mengirim' | 'terkirim' | 'gagal';

export class Jawaban {
  tahap = $state<Tahap>('diam');
  /** What is on its way or stands at the desk; null takes back. */
  isi = $state.raw<IsiJawaban | null>(null);
  failure = $state.raw<Failure>();
  /** The next attempt, by this PC's clock; 0 where there will be none. */
  coba_pada = $state(0);
  /** It stood at the desk and was taken back here: the guest waits for another one. */
  diurungkan = $state(false);
  /** As the server told it last. */
  #row = $state.raw<Dijawab>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** Until when the guest was asked to wait. */
  readonly sampai = $derived.by(() => {
    return this.tahap === 'terkirim' && this.#row ? tanggapanOf(this.#row)?.sampai : undefined;
  });

  constructor(
    readonly id: number,
    private readonly told: (notifikasi: Notifikasi) => void,
    /** What stands at the desk already. */
    awal?: Dijawab,
  ) {
    this.#row = awal;
    this.isi = awal ? isiOf(awal) : null;
    this.tahap = this.isi === null ? 'diam' : 'terkirim';
  }

  kirim(isi: IsiJawaban): Promise<void> {
    this.isi = isi;
    return this.#try();
  }

  urungkan(): Promise<void> {
    this.isi = null;
    this.diurungkan = true;
    return this.#try();
  }

  cobaSekarang(): Promise<void> {
    return this.#try();
  }

  /** What stands at the desk holds no more: its time has passed, or the desk has called again. */
  habis(kini_ms: number): boolean {
    return this.tahap === 'terkirim' && this.#row !== undefined && !terjawab(this.#row, kini_ms);
  }

  /** The time after which the guru would come has passed. */
  lewat(kini_ms: number): boolean {
    return this.tahap === 'terkirim' && this.#row !== undefined && waktunyaLewat(this.#row, kini_ms);
  }

  /** Gives up an answer that has not gone out. */
  lupakan(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.tahap = 'diam';
    this.coba_pada = 0;
    this.failure = undefined;
  }

  /** Another screen answered meanwhile, or took it back. */
  adopt(row: Dijawab): void {
    if (this.tahap === 'mengirim' || this.tahap === 'gagal') return;
    this.#row = row;
    this.isi = isiOf(row);
    this.tahap = this.isi === null ? 'diam' : 'terkirim';
  }

  async #try(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.tahap = 'mengirim';
    this.coba_pada = 0;
    const sent = await respond(this.id, this.isi);
    if (turn !== this.#turn) return;
    if (sent.ok) {
      this.failure = undefined;
      this.#row = sent.data;
      this.tahap = this.isi === null ? 'diam' : 'terkirim';
      this.told(sent.data);
      return;
    }
    this.failure = sent.failure;
    this.tahap = 'gagal';
    if (!isTrouble(sent.failure)) return;
    this.coba_pada = Date.now() + RETRY_MS;
    this.#timer = setTimeout(() => void this.#try(), RETRY_MS);
  }
}
