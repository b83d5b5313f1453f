/** The runs of upkeep on screen, and one more by hand: first what it would do, then the run itself. */
import { createPemeliharaan, listPemeliharaan } from '../../api/pemeliharaan';
import { getSetelan } from '../../api/setelan';
import type { Failure, Result } from '../../api/result';
import type { Pemeliharaan, PemeliharaanBaru, Setelan } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';

export const PAGE_SIZE = 10;
/** How often a run that is under way is looked at. */
const LOOK_MS = 2000;

type Keeping = Pick<Setelan, 'arsip_bulan' | 'retensi_tamu_bulan'>;
/** What is asked for: only to see what is due, or to have it done. */
export type Wish = 'uji' | 'jalankan';

export class PemeliharaanList {
  page = $state(1);
  rows = $state.raw<Pemeliharaan[]>([]);
  total = $state(0);
  /** How long the school keeps what. */
  keeping = $state.raw<Keeping>();
  wish = $state<Wish>();
  /** What a run would do. */
  preview = $state.raw<PemeliharaanBaru>();
  busy = $state(false);
  failure = $state.raw<Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly running = $derived(this.rows.find((row) => row.keadaan === 'berjalan'));
  /** How much a run would do; 0 if nothing is due, or it is not known yet. */
  readonly due = $derived(this.preview ? sumOf(this.preview) : 0);

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.close();
  }

  goTo(page: number): void {
    this.page = page;
    void this.loading.load();
  }

  /** Counts what is due, before anything is done. */
  async look(wish: Wish): Promise<void> {
    this.wish = wish;
    this.preview = undefined;
    await this.#create(true, (counted) => (this.preview = counted));
  }

  /** Does what was shown; true if it has ended, or is under way. */
  async run(): Promise<boolean> {
    const is_begun = await this.#create(false, () => undefined);
    if (is_begun) this.close();
    return is_begun;
  }

  close(): void {
    this.wish = undefined;
    this.preview = undefined;
    this.failure = undefined;
  }

  async #create(uji_coba: boolean, keep: (run: PemeliharaanBaru) => void): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = undefined;
    const begun = await createPemeliharaan(uji_coba);
    this.busy = false;
    // Somebody who has closed the dialog is not told any more.
    if (this.wish !== undefined) {
      if (begun.ok) keep(begun.data);
      else this.failure = begun.failure;
    }
    this.page = 1;
    void this.loading.load();
    return begun.ok;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const [listed, setelan] = await Promise.all([listPemeliharaan(this.page, PAGE_SIZE), getSetelan()]);
    if (isOver()) return listed;
    if (setelan.ok) this.keeping = setelan.data;
    if (listed.ok) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
      clearTimeout(this.#timer);
      if (this.running) this.#timer = setTimeout(() => void this.loading.load(), LOOK_MS);
    }
    return listed.ok && !setelan.ok ? setelan : listed;
  }
}

/** Everything that a run did, or would do. */
export function sumOf(run: Pemeliharaan): number {
  const { no_show, arsip, notifikasi, anonim, hapus } = run.hasil;
  return no_show + arsip + notifikasi + anonim + hapus;
}
