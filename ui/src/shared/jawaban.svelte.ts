/** A guru's answer to one arrival: sent with one press, tried again by itself, taken back as easily. */
import { respond } from '../api/notifikasi';
import { isTrouble, type Failure, type Result } from '../api/result';
import type { Notifikasi } from '../api/types';

const RETRY_MS = 5000;

/** What the desk shows; always in the school's own language. */
export const JAWABAN = {
  lobi: 'Saya ke lobi',
  menit: '5 menit lagi',
  ruang: 'Antar ke ruang',
  tidak: 'Tidak bisa',
} as const;

type Tahap = 'diam' | 'mengirim' | 'terkirim' | 'gagal';

export class Jawaban {
  tahap = $state<Tahap>('diam');
  /** What is on its way or stands at the desk; null takes back. */
  nilai = $state<string | null>(null);
  failure = $state.raw<Failure>();
  /** The next attempt, by this PC's clock; 0 where there will be none. */
  coba_pada = $state(0);
  /** It stood at the desk and was taken back here: the guest waits for another one. */
  diurungkan = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(
    readonly id: number,
    private readonly told: (notifikasi: Notifikasi) => void,
    /** What stands at the desk already. */
    awal: string | null = null,
    private readonly send: (id: number, nilai: string | null) => Promise<Result<Notifikasi>> = respond,
  ) {
    this.nilai = awal;
    this.tahap = awal === null ? 'diam' : 'terkirim';
  }

  kirim(nilai: string): Promise<void> {
    this.nilai = nilai;
    return this.#try();
  }

  urungkan(): Promise<void> {
    this.nilai = null;
    this.diurungkan = true;
    return this.#try();
  }

  cobaSekarang(): Promise<void> {
    return this.#try();
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
  adopt(tanggapan: string | null): void {
    if (this.tahap === 'mengirim' || this.tahap === 'gagal') return;
    this.nilai = tanggapan;
    this.tahap = tanggapan === null ? 'diam' : 'terkirim';
  }

  async #try(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.tahap = 'mengirim';
    this.coba_pada = 0;
    const sent = await this.send(this.id, this.nilai);
    if (turn !== this.#turn) return;
    if (sent.ok) {
      this.failure = undefined;
      this.tahap = this.nilai === null ? 'diam' : 'terkirim';
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
