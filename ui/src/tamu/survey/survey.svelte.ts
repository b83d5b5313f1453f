/**
 * The survey on a guest's phone: one element at a time, each may be skipped, and the phone keeps what was answered
 * until it is sent.
 */
import { sendSurvei } from '../../api/kunjungan';
import type { SurveiRequest } from '../../api/requests';
import { codeOf } from '../../api/result';
import type { JenisKelamin, Pekerjaan, Pendidikan, Unsur, Usia } from '../../api/types';
import { failureText } from '../../i18n/failure';
import { t } from '../../i18n/survey';
import { forget, keep, readKept } from '../kept';
import { UNSUR, type Mark } from './unsur';

export const MAX_SARAN = 1000;

/** About so long for one element; the whole survey stays under 90 seconds. */
const SECONDS_EACH = 7;

/** What is asked about who answers; empty where nothing is chosen. */
type Respondent = {
  usia: Usia | '';
  pendidikan: Pendidikan | '';
  pekerjaan: Pekerjaan | '';
  jenis_kelamin: JenisKelamin | '';
};

const NOBODY: Respondent = { usia: '', pendidikan: '', pekerjaan: '', jenis_kelamin: '' };

type Kept = { step: number; marks: Partial<Record<Unsur, Mark>>; respondent: Respondent; saran: string };

export class Survey {
  /** Up to the last element, and one more for who answers. */
  step = $state(0);
  marks = $state<Partial<Record<Unsur, Mark>>>({});
  respondent = $state<Respondent>({ ...NOBODY });
  saran = $state('');
  busy = $state(false);
  message = $state('');
  readonly #place: string;

  readonly total = UNSUR.length;
  /** Undefined on the last step. */
  readonly unsur = $derived(UNSUR[this.step]);
  readonly mark = $derived(this.unsur && this.marks[this.unsur]);
  readonly answered = $derived(Object.keys(this.marks).length);
  readonly minutes_left = $derived(Math.max(1, Math.round(((this.total - this.step) * SECONDS_EACH) / 60)));

  constructor(private readonly kode: string) {
    this.#place = `bukutamu.survei.${kode}`;
    const kept = readKept(this.#place) as Partial<Kept> | undefined;
    this.step = Math.min(kept?.step ?? 0, this.total);
    this.marks = kept?.marks ?? {};
    this.respondent = { ...NOBODY, ...kept?.respondent };
    this.saran = kept?.saran ?? '';
  }

  /** Answers the element on screen and goes on. */
  choose(mark: Mark): void {
    if (!this.unsur) return;
    this.marks[this.unsur] = mark;
    this.next();
  }

  /** Goes on without an answer; one that was given before goes. */
  skip(): void {
    if (!this.unsur) return;
    const { [this.unsur]: dropped, ...others } = this.marks;
    if (dropped !== undefined) this.marks = others;
    this.next();
  }

  next(): void {
    this.step = Math.min(this.step + 1, this.total);
    this.keep();
  }

  /** Forgets no answer. */
  back(): void {
    this.step = Math.max(this.step - 1, 0);
    this.message = '';
    this.keep();
  }

  keep(): void {
    const { step, marks, respondent, saran } = this;
    keep(this.#place, { step, marks, respondent, saran } satisfies Kept);
  }

  /** Whether the survey is over: it was sent, now or before. */
  async submit(): Promise<boolean> {
    if (this.answered === 0) {
      this.message = t.paling_sedikit;
      return false;
    }
    if (this.busy) return false;
    this.busy = true;
    this.message = '';
    const sent = await sendSurvei(this.kode, this.#request());
    this.busy = false;
    const code = sent.ok ? undefined : codeOf(sent.failure);
    if (sent.ok || code === 'survei_sudah_diisi' || code === 'survei_tidak_ada') {
      forget(this.#place);
      return true;
    }
    this.message = failureText(sent.failure);
    return false;
  }

  #request(): SurveiRequest {
    const chosen = Object.entries(this.respondent).filter(([, value]) => value !== '');
    const saran = this.saran.trim();
    return { unsur: { ...this.marks }, ...Object.fromEntries(chosen), ...(saran ? { saran } : {}) };
  }
}
