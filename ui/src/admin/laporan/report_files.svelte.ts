/** The report as a file: of the figures at once, of all visits row by row while somebody waits. */
import { cancelEkspor, eksporFile, getEkspor, laporanFile, startEkspor } from '../../api/laporan';
import type { ReportFormat } from '../../api/types';
import { codeOf, type Failure, type Result } from '../../api/result';
import { sleep } from '../../api/retry';
import { host } from '../../host';
import { language } from '../../i18n/language.svelte';
import { keepFile } from '../keep_file';
import { boundsOf, type Bounds, type Period } from '../period/period';
import { asked } from './report.svelte';

export class ReportFiles {
  /** Which one is on its way. */
  busy = $state<ReportFormat>();
  failure = $state.raw<Failure>();

  async download(period: Period, format: ReportFormat): Promise<void> {
    if (this.busy) return;
    this.busy = format;
    this.failure = undefined;
    const file = await laporanFile(asked(period), format, language.code);
    this.busy = undefined;
    if (file.ok) await keepFile(nameOf('laporan', boundsOf(period), format), file.data);
    else this.failure = file.failure;
  }
}

const ASK_AFTER_MS = 700;

/** `lost`: the server knows of none any more, because it has started again. */
export type ExportPhase = 'ready' | 'running' | 'saving' | 'done' | 'cancelled' | 'failed' | 'lost';

/** All visits of a period: the server writes the file, this asks how far it is, and saves it in the end. */
export class VisitExport {
  phase = $state<ExportPhase>('ready');
  rows = $state(0);
  total = $state(0);
  percent = $state(0);
  /** Why it failed, if the server said or did not answer. */
  failure = $state.raw<Failure>();
  readonly is_busy = $derived(this.phase === 'running' || this.phase === 'saving');
  #id: number | undefined;
  #turn = 0;

  async start(bounds: Bounds, format: ReportFormat): Promise<void> {
    if (this.is_busy) return;
    const turn = ++this.#turn;
    Object.assign(this, { phase: 'running', rows: 0, total: 0, percent: 0, failure: undefined });
    const started = await startEkspor(bounds.dari, bounds.sampai, format, language.code);
    // It was called off before its number was known.
    if (turn !== this.#turn && started.ok) void cancelEkspor(started.data.id);
    if (this.#isOver(turn, started)) return;
    this.#id = started.data.id;
    if (await this.#written(turn, started.data.id)) await this.#save(turn, started.data.id, bounds, format);
  }

  /** Leaves no file behind, here or there. */
  cancel(): void {
    if (!this.is_busy) return;
    this.#turn += 1;
    this.phase = 'cancelled';
    if (this.#id !== undefined) void cancelEkspor(this.#id);
    this.#id = undefined;
  }

  /** Whether the server has written it to its end. */
  async #written(turn: number, id: number): Promise<boolean> {
    for (;;) {
      const told = await getEkspor(id);
      if (this.#isOver(turn, told)) return false;
      const { keadaan, baris, total, persen } = told.data;
      Object.assign(this, { rows: baris, total, percent: Math.min(100, Math.max(0, persen)) });
      if (keadaan === 'selesai') return true;
      if (keadaan !== 'berjalan') {
        this.phase = keadaan === 'gagal' ? 'failed' : 'cancelled';
        return false;
      }
      await sleep(ASK_AFTER_MS);
      if (turn !== this.#turn) return false;
    }
  }

  async #save(turn: number, id: number, bounds: Bounds, format: ReportFormat): Promise<void> {
    this.phase = 'saving';
    const file = await eksporFile(id);
    if (this.#isOver(turn, file)) return;
    const is_saved = await host.outlet.saveFile(nameOf('kunjungan', bounds, format), file.data);
    if (turn !== this.#turn) return;
    this.#id = undefined;
    this.phase = is_saved ? 'done' : 'cancelled';
  }

  /** Whether it goes no further: it failed, or was called off meanwhile. */
  #isOver<T>(turn: number, result: Result<T>): result is { ok: false; failure: Failure } {
    if (turn !== this.#turn) return true;
    if (result.ok) return false;
    this.failure = result.failure;
    const is_lost = this.#id !== undefined && codeOf(result.failure) === 'tidak_ditemukan';
    this.phase = is_lost ? 'lost' : 'failed';
    this.#id = undefined;
    return true;
  }
}

/** As the server names it. */
function nameOf(what: string, { dari, sampai }: Bounds, format: ReportFormat): string {
  return `${what}-${dari}-${sampai}.${format}`;
}
