/** Which part of a visit's page is shown. The address names it; what the visit does not allow is not shown. */
import type { HashRoute } from '../hash_route.svelte';
import { keep, readKept } from '../kept';
import type { KunjunganPage } from './kunjungan_page.svelte';

export type Part = 'janji' | 'batal' | 'ulasan' | 'survei';

export class VisitParts {
  #is_skipped = $state(false);
  /** The survey was sent from this page, so that it says thanks. */
  survey_sent = $state(false);
  readonly #skipped_place: string;

  readonly #may_review = $derived.by(() => {
    const row = this.page.kunjungan;
    return row !== undefined && row.bisa_ulas && !row.rating;
  });

  readonly current: Part = $derived.by(() => {
    const { kunjungan: row, is_stale } = this.page;
    if (!row || is_stale) return 'janji';
    const { name } = this.route;
    if (name === 'batal' && row.bisa_batal) return 'batal';
    if (name === 'survei' && row.survei) return 'survei';
    // After leaving it comes by itself, once.
    if (this.#may_review && (name === 'ulasan' || !this.#is_skipped)) return 'ulasan';
    return 'janji';
  });

  constructor(
    private readonly page: KunjunganPage,
    private readonly route: Pick<HashRoute, 'name' | 'open' | 'close'>,
  ) {
    this.#skipped_place = `bukutamu.ulasan.${page.kode}`;
    this.#is_skipped = readKept(this.#skipped_place) === true;
  }

  open(part: Exclude<Part, 'janji'>): void {
    this.page.message = '';
    this.route.open(part);
  }

  close(): void {
    if (this.current === 'ulasan') this.#skip();
    this.page.message = '';
    this.route.close();
  }

  /** The survey is over, on this page or before. */
  async surveyDone(): Promise<void> {
    this.survey_sent = true;
    this.route.close();
    await this.page.ask();
  }

  #skip(): void {
    this.#is_skipped = true;
    keep(this.#skipped_place, true);
  }
}
