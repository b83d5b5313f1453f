/** A guru's answer to one arrival: sent with one press, tried again by itself, taken back as easily. */
import { respond } from '../api/notifikasi';
import type { RespondRequest } from '../api/requests';
import { isTrouble, type Failure } from '../api/result';
import type { JenisTanggapan, Notifikasi } from '../api/types';
import { standardWords, tanggapanOf, answerHolds, isSebentarOver, type TanggapanFields } from './tanggapan';

const RETRY_MS = 5000;

/** An answer as it is sent: its kind, and the words the kind has in the school's own language. */
export type ReplyBody = RespondRequest & { tanggapan: string; tanggapan_jenis: JenisTanggapan };

export const replies = {
  lobi: (): ReplyBody => ({ tanggapan: standardWords('ke_lobi'), tanggapan_jenis: 'ke_lobi' }),
  sebentar: (minutes: number): ReplyBody => ({
    tanggapan: standardWords('sebentar', minutes),
    tanggapan_jenis: 'sebentar',
    tanggapan_menit: minutes,
  }),
  /** Without a place the desk knows where. */
  antar: (tempat: string): ReplyBody => ({
    tanggapan: standardWords('antar', undefined, tempat),
    tanggapan_jenis: 'antar',
    ...(tempat ? { tanggapan_tempat: tempat } : {}),
  }),
  cannot_meet: (): ReplyBody => ({ tanggapan: standardWords('tidak_bisa'), tanggapan_jenis: 'tidak_bisa' }),
  teks: (teks: string): ReplyBody => ({ tanggapan: teks, tanggapan_jenis: 'teks' }),
};

/** What stands at the desk, as it would be sent. */
function bodyOf(row: TanggapanFields): ReplyBody | null {
  const { tanggapan, tanggapan_jenis, tanggapan_menit, tanggapan_tempat } = row;
  if (!tanggapan && !tanggapan_jenis) return null;
  return {
    tanggapan: tanggapan ?? '',
    tanggapan_jenis: tanggapan_jenis ?? 'teks',
    ...(tanggapan_menit ? { tanggapan_menit } : {}),
    ...(tanggapan_tempat ? { tanggapan_tempat } : {}),
  };
}

type Phase = 'diam' | 'mengirim' | 'terkirim' | 'gagal';

export class Reply {
  phase = $state<Phase>('diam');
  /** What is on its way or stands at the desk; null takes back. */
  body = $state.raw<ReplyBody | null>(null);
  failure = $state.raw<Failure>();
  /** The next attempt, by this PC's clock; 0 where there will be none. */
  retry_at = $state(0);
  /** It stood at the desk and was taken back here: the guest waits for another one. */
  taken_back = $state(false);
  /** As the server told it last. */
  #row = $state.raw<TanggapanFields>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** Until when the guest was asked to wait. */
  readonly sampai = $derived.by(() => {
    return this.phase === 'terkirim' && this.#row ? tanggapanOf(this.#row)?.sampai : undefined;
  });

  constructor(
    readonly id: number,
    private readonly told: (notifikasi: Notifikasi) => void,
    /** What stands at the desk already. */
    initial?: TanggapanFields,
  ) {
    this.#row = initial;
    this.body = initial ? bodyOf(initial) : null;
    this.phase = this.body === null ? 'diam' : 'terkirim';
  }

  send(body: ReplyBody): Promise<void> {
    this.body = body;
    return this.#try();
  }

  takeBack(): Promise<void> {
    this.body = null;
    this.taken_back = true;
    return this.#try();
  }

  retryNow(): Promise<void> {
    return this.#try();
  }

  /** What stands at the desk holds no more: its time has passed, or the desk has called again. */
  expired(now_ms: number): boolean {
    return this.phase === 'terkirim' && this.#row !== undefined && !answerHolds(this.#row, now_ms);
  }

  /** The time after which the guru would come has passed. */
  overdue(now_ms: number): boolean {
    return this.phase === 'terkirim' && this.#row !== undefined && isSebentarOver(this.#row, now_ms);
  }

  /** Gives up an answer that has not gone out. */
  forget(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.phase = 'diam';
    this.retry_at = 0;
    this.failure = undefined;
  }

  /** Another screen answered meanwhile, or took it back. */
  adopt(row: TanggapanFields): void {
    if (this.phase === 'mengirim' || this.phase === 'gagal') return;
    this.#row = row;
    this.body = bodyOf(row);
    this.phase = this.body === null ? 'diam' : 'terkirim';
  }

  async #try(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.phase = 'mengirim';
    this.retry_at = 0;
    const sent = await respond(this.id, this.body);
    if (turn !== this.#turn) return;
    if (sent.ok) {
      this.failure = undefined;
      this.#row = sent.data;
      this.phase = this.body === null ? 'diam' : 'terkirim';
      this.told(sent.data);
      return;
    }
    this.failure = sent.failure;
    this.phase = 'gagal';
    if (!isTrouble(sent.failure)) return;
    this.retry_at = Date.now() + RETRY_MS;
    this.#timer = setTimeout(() => void this.#try(), RETRY_MS);
  }
}
