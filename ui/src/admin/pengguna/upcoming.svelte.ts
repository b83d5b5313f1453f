/** What becomes of the appointments to come of somebody who is deactivated. */
import { listUpcoming, reschedule, updateStatus } from '../../api/janji_temu';
import { codeOf, type Failure, type Result } from '../../api/result';
import type { GuruRingkas, JanjiTemu } from '../../api/types';
import { t } from '../../i18n/admin_pengguna';
import { failureText } from '../../i18n/failure';
import { isoDate } from '../../i18n/format';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';

export const WAYS = ['oper', 'batal', 'biarkan'] as const;
/** They are handed over, called off, or left. */
export type Way = (typeof WAYS)[number];

export class Upcoming {
  /** Those that nothing was done about yet. */
  rows = $state.raw<JanjiTemu[]>([]);
  way = $state<Way>('biarkan');
  guru = $state.raw<GuruRingkas>();
  busy = $state(false);
  /** How many of those to be handed over clash. */
  clashes = $state(0);
  izinkan_bentrok = $state(false);
  /** Why something is left. */
  failure = $state.raw<Failure>();
  #attempted = $state(false);
  #count = $state(0);
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly error = $derived.by(() => {
    if (!this.#attempted || this.way !== 'oper') return undefined;
    return this.guru ? undefined : t.mendatang.kepada_kosong;
  });
  readonly message = $derived.by(() => {
    if (!this.failure) return '';
    const told = t.mendatang.sebagian(this.#count - this.rows.length, this.#count);
    return `${told} ${failureText(this.failure)}`;
  });

  constructor(
    private readonly id: number,
    private readonly nama: string,
  ) {}

  start(): void {
    void this.loading.load();
  }

  choose(way: Way): void {
    this.way = way;
    this.clashes = 0;
    this.izinkan_bentrok = false;
    this.failure = undefined;
  }

  /** Whom they are handed over to: anybody else. */
  chooseGuru(guru: GuruRingkas | undefined): void {
    this.guru = guru?.id === this.id ? undefined : guru;
    this.clashes = 0;
    this.izinkan_bentrok = false;
  }

  /** True if nothing is left to be done about them. What was done stays done, so it can be called again. */
  async carryOut(): Promise<boolean> {
    this.#attempted = true;
    if (this.busy || this.error) return false;
    if (this.way === 'biarkan') return true;
    this.busy = true;
    this.failure = undefined;
    this.clashes = 0;
    const left: JanjiTemu[] = [];
    for (const row of this.rows) {
      if (this.#is_stopped || !(await this.#isSettled(row))) left.push(row);
    }
    this.rows = left;
    this.busy = false;
    return left.length === 0;
  }

  get #is_stopped(): boolean {
    return this.failure !== undefined;
  }

  /** False if it is left: it clashes, or the server refuses, and then the rest is left, too. */
  async #isSettled(row: JanjiTemu): Promise<boolean> {
    const done = await this.#settle(row);
    // Somebody came, or it was called off meanwhile: nothing is left to be done about it.
    if (done.ok || codeOf(done.failure) === 'transisi_tidak_sah') return true;
    if (codeOf(done.failure) === 'bentrok') this.clashes += 1;
    else this.failure = done.failure;
    return false;
  }

  #settle(row: JanjiTemu): Promise<Result<unknown>> {
    if (this.way === 'batal') return updateStatus(row.id, 'batal', t.mendatang.alasan(this.nama));
    const { tanggal, waktu, durasi_menit } = row;
    const { guru, izinkan_bentrok } = this;
    const over = guru ? { id_guru: guru.id } : {};
    return reschedule(row.id, { tanggal, waktu, durasi_menit, izinkan_bentrok, ...over });
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const listed = await listUpcoming(this.id, isoDate(clock.now));
    if (listed.ok && !isOver()) {
      this.rows = listed.data.filter(({ jadwal }) => Date.parse(jadwal) > clock.now);
      this.#count = this.rows.length;
    }
    return listed;
  }
}
