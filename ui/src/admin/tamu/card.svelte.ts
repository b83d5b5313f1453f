/** The card of one guest: who it is, the newest visits and messages, and what can be done about it. */
import { listJanjiTemu } from '../../api/janji_temu';
import { listPesan } from '../../api/pesan';
import { codeOf, type Failure, type Result } from '../../api/result';
import { eraseTamu, getTamuKartu, mergeTamu, partTamu, tamuData } from '../../api/tamu';
import type { Erasure, JanjiTemu, PesanKeluar, TamuKartu } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';
import { keepFile } from '../keep_file';

export const VISITS = 20;
const MESSAGES = 3;

export class Card {
  tamu = $state.raw<TamuKartu>();
  visits = $state.raw<JanjiTemu[]>([]);
  visit_count = $state(0);
  messages = $state.raw<PesanKeluar[]>([]);
  busy = $state<'unduh' | 'hapus' | 'gabung' | 'pisah'>();
  failure = $state.raw<Failure>();
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly is_gone = $derived(
    this.loading.failure ? codeOf(this.loading.failure) === 'tidak_ditemukan' : false,
  );
  readonly is_here = $derived(
    this.visits.some(({ status }) => status === 'menunggu' || status === 'sedang berlangsung'),
  );
  /** What the guest is awaited for. */
  readonly awaited = $derived(this.visits.filter(({ status }) => status === 'belum'));

  constructor(readonly id: number) {}

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    this.loading.stop();
  }

  told(row: JanjiTemu): void {
    if (row.id_tamu === this.tamu?.id) void this.loading.load();
  }

  /** Saves everything that is kept about the guest as a file. */
  async download(format: 'json' | 'txt'): Promise<boolean> {
    const data = await this.#act('unduh', () => tamuData(this.id, format));
    if (!data) return false;
    return keepFile(`data-tamu-${this.id}.${format}`, data);
  }

  erase(): Promise<Erasure | undefined> {
    return this.#act('hapus', () => eraseTamu(this.id));
  }

  /** `kept` stays, which may be the other one. */
  async merge(kept: number, other: number): Promise<boolean> {
    return (await this.#act('gabung', () => mergeTamu(kept, other))) !== undefined;
  }

  async part(other: number): Promise<boolean> {
    const apart = await this.#act('pisah', () => partTamu(this.id, other));
    if (apart) await this.loading.load();
    return apart !== undefined;
  }

  async #act<T>(what: NonNullable<Card['busy']>, request: () => Promise<Result<T>>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = what;
    this.failure = undefined;
    const done = await request();
    this.busy = undefined;
    if (done.ok) return done.data;
    this.failure = done.failure;
    return undefined;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const [tamu, visits, messages] = await Promise.all([
      getTamuKartu(this.id),
      listJanjiTemu({ id_tamu: this.id, urut: '-jadwal' }, 1, VISITS),
      listPesan({ id_tamu: this.id }, 1, MESSAGES),
    ]);
    if (isOver()) return tamu;
    if (tamu.ok) this.tamu = tamu.data;
    if (visits.ok) {
      this.visits = visits.data.data;
      this.visit_count = visits.data.total;
    }
    if (messages.ok) this.messages = messages.data.data;
    return tamu;
  }
}
