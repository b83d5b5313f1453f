/**
 * A guru's answer to one arrival. It is sent with one press, tried again by itself, and can be taken back.
 */
import { respond } from '../api/notifikasi';
import type { RespondRequest } from '../api/requests';
import { codeOf, isTrouble, type Failure } from '../api/result';
import type { JenisTanggapan, Notifikasi } from '../api/types';
import { failureText } from '../i18n/failure';
import { toast } from './toast.svelte';
import { standardWords, tanggapanOf, answerHolds, isSebentarOver, type TanggapanFields } from './tanggapan';

const RETRY_MS = 5000;

/** An answer as it is sent: its kind, and the kind's words in the school's language. */
export type ReplyBody = RespondRequest & { tanggapan: string; tanggapan_jenis: JenisTanggapan };

export const replies = {
  lobi: (): ReplyBody => ({ tanggapan: standardWords('ke_lobi'), tanggapan_jenis: 'ke_lobi' }),
  sebentar: (minutes: number): ReplyBody => ({
    tanggapan: standardWords('sebentar', minutes),
    tanggapan_jenis: 'sebentar',
    tanggapan_menit: minutes,
  }),
  /** An empty place means the guru's room. */
  antar: (tempat: string): ReplyBody => ({
    tanggapan: standardWords('antar', undefined, tempat),
    tanggapan_jenis: 'antar',
    ...(tempat ? { tanggapan_tempat: tempat } : {}),
  }),
  cannot_meet: (): ReplyBody => ({ tanggapan: standardWords('tidak_bisa'), tanggapan_jenis: 'tidak_bisa' }),
  teks: (teks: string): ReplyBody => ({ tanggapan: teks, tanggapan_jenis: 'teks' }),
};

/** The answer at the desk, as a body. */
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
  /** The answer that is sent or stands at the desk; null takes it back. */
  body = $state.raw<ReplyBody | null>(null);
  failure = $state.raw<Failure>();
  /** The next attempt, by this PC's clock; 0 if there is none. */
  retry_at = $state(0);
  /** The answer was taken back here, so the guest waits for another one. */
  taken_back = $state(false);
  /** As the server told it last. */
  #row = $state.raw<TanggapanFields>();
  /** What came of it while an answer was on its way. */
  #meanwhile: TanggapanFields | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** Who has answered for the unit that is visited. */
  readonly by = $derived.by(() => (this.phase === 'terkirim' ? this.#row?.ditanggapi_oleh : undefined));

  /** Until when the guest was asked to wait. */
  readonly sampai = $derived.by(() => {
    return this.phase === 'terkirim' && this.#row ? tanggapanOf(this.#row)?.sampai : undefined;
  });

  constructor(
    readonly id: number,
    private readonly told: (notifikasi: Notifikasi) => void,
    /** The answer that already stands at the desk. */
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

  /** Whether the answer at the desk holds no more: its time has passed, or the desk called again. */
  expired(now_ms: number): boolean {
    return this.phase === 'terkirim' && this.#row !== undefined && !answerHolds(this.#row, now_ms);
  }

  /** Whether the announced time has passed. */
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

  /** Takes what another screen answered or took back. */
  adopt(row: TanggapanFields): void {
    if (this.phase === 'mengirim' || this.phase === 'gagal') {
      this.#meanwhile = row;
      return;
    }
    this.#row = row;
    this.body = bodyOf(row);
    this.phase = this.body === null ? 'diam' : 'terkirim';
  }

  /** Somebody else has answered for the unit: shows that answer. */
  #giveWay(failure: Failure): void {
    const standing = this.#meanwhile ?? this.#row;
    this.forget();
    this.taken_back = false;
    this.body = null;
    if (standing) this.adopt(standing);
    toast.show(failureText(failure));
  }

  async #try(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    if (this.phase !== 'mengirim') this.#meanwhile = undefined;
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
    if (codeOf(sent.failure) === 'sudah_ditanggapi') {
      this.#giveWay(sent.failure);
      return;
    }
    this.failure = sent.failure;
    this.phase = 'gagal';
    if (!isTrouble(sent.failure)) return;
    this.retry_at = Date.now() + RETRY_MS;
    this.#timer = setTimeout(() => void this.#try(), RETRY_MS);
  }
}
