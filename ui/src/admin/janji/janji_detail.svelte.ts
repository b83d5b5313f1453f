/** One appointment, with its messages and the moves that it allows. */
import { getJanjiTemu, reschedule, updateStatus } from '../../api/janji_temu';
import { listPesan } from '../../api/pesan';
import { codeOf, type Failure, type Result } from '../../api/result';
import type { JanjiTemu, PesanKeluar, Status } from '../../api/types';
import { sekolah } from '../../i18n/sekolah.svelte';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';

const MESSAGES = 20;

export class JanjiDetail {
  row = $state.raw<JanjiTemu>();
  messages = $state.raw<PesanKeluar[]>([]);
  busy = $state(false);
  failure = $state.raw<Failure>();
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly can_cancel = $derived(this.row?.status === 'belum');
  /** Nobody stays away before the time agreed. */
  readonly can_miss = $derived(this.can_cancel && Date.parse(this.row?.jadwal ?? '') <= clock.now);
  /** The status to which the last step can still be taken back. */
  readonly undo_to = $derived.by((): Status | undefined => {
    const { row } = this;
    if (row?.status === 'selesai' && this.#isRecent(row.waktu_selesai)) {
      return row.waktu_mulai ? 'sedang berlangsung' : 'menunggu';
    }
    if (row?.status === 'menunggu' && this.#isRecent(row.waktu_datang)) {
      return row.jenis === 'janji' ? 'belum' : 'batal';
    }
    return undefined;
  });

  constructor(readonly id: number) {}

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    this.loading.stop();
  }

  told(row: JanjiTemu): void {
    if (row.id === this.id && this.row && row.versi >= this.row.versi) this.row = row;
  }

  /** True if it stands there now. */
  async move(status: Status, alasan?: string): Promise<boolean> {
    const text = alasan?.trim();
    return this.#act(() => updateStatus(this.id, status, text ? text : undefined));
  }

  /** True if it has that time now; false with the reason in `failure`. */
  async moveTo(tanggal: string, waktu: string, izinkan_bentrok: boolean): Promise<boolean> {
    return this.#act(() => reschedule(this.id, { tanggal, waktu, izinkan_bentrok }));
  }

  /** The next free time of that day, if the guru was taken; empty if there is none. */
  get free_time(): string | undefined {
    const { failure } = this;
    if (!failure || codeOf(failure) !== 'bentrok' || failure.kind !== 'problem') return undefined;
    return failure.problem.waktu_kosong ?? '';
  }

  #isRecent(moment: string | null | undefined): boolean {
    return moment ? clock.now - Date.parse(moment) <= sekolah.batas_urung_menit * 60_000 : false;
  }

  async #act(request: () => Promise<Result<JanjiTemu>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = undefined;
    const done = await request();
    this.busy = false;
    if (done.ok) await this.loading.load();
    else this.failure = done.failure;
    return done.ok;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const [row, messages] = await Promise.all([
      getJanjiTemu(this.id),
      listPesan({ id_janji_temu: this.id }, 1, MESSAGES),
    ]);
    if (isOver()) return row;
    if (row.ok) this.row = row.data;
    if (messages.ok) this.messages = messages.data.data;
    return row;
  }
}
