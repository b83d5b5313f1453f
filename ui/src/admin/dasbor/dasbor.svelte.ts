/** The dashboard: figures, today's book, and the state of the system. It follows events, and counts anew soon after. */
import { getDasbor, getHariPertama } from '../../api/dasbor';
import { ok, type Result } from '../../api/result';
import type { Dasbor as Figures, HariPertama } from '../../api/types';
import { host, type Update } from '../../host';
import { Loading } from '../../shared/loading.svelte';
import { Book } from './book.svelte';

/** Events that come together are counted once. */
const SETTLES_MS = 400;
/** However many come, the figures are not older than that. */
const LATEST_MS = 2000;
/** What no event tells, such as a day that has ended. */
const EVERY_MS = 60_000;
const HIDDEN = 'langkah_pertama';

/** The first steps, in the order in which they are shown. */
const STEPS = [
  'sekolah',
  'guru',
  'penerima_tamu',
  'hari_libur',
  'email',
  'lembar_pemulihan',
  'undangan',
] as const satisfies (keyof HariPertama)[];

/** A first step that is not done yet, or is. */
export type Step = { name: (typeof STEPS)[number]; done: boolean };

export class Dasbor {
  figures = $state.raw<Figures>();
  #steps = $state.raw<HariPertama>();
  #hidden = $state(host.choices.get(HIDDEN) === 'sembunyi');
  readonly book = new Book();
  readonly loading: Loading = new Loading((isOver) => this.#load(isOver));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #first_at = 0;
  #poll: ReturnType<typeof setInterval> | undefined;

  readonly steps: Step[] = $derived(
    this.#steps
      ? STEPS.map((name) => ({
          name,
          done: this.#steps?.[name] === true,
        }))
      : [],
  );
  readonly open_steps = $derived(this.#hidden ? [] : this.steps.filter(({ done }) => !done));
  /** Nobody was ever invited: the steps come before anything else. */
  readonly is_first_day = $derived(this.open_steps.some(({ name }) => name === 'undangan'));

  /** `is_admin`: the first steps are the admin's. Call what it returns when the dashboard is shown no longer. */
  show(is_admin: boolean): () => void {
    void this.loading.load();
    if (is_admin) void this.#loadSteps();
    this.#poll = setInterval(() => {
      void this.loading.load();
      if (is_admin && this.open_steps.length > 0) void this.#loadSteps();
    }, EVERY_MS);
    return () => {
      clearInterval(this.#poll);
      clearTimeout(this.#timer);
      this.#first_at = 0;
      this.loading.stop();
    };
  }

  take(update: Update): void {
    switch (update.type) {
      case 'appointment':
        this.book.merge(update.data);
        this.#recount();
        break;
      case 'connected':
        void this.loading.load();
        break;
      case 'presence':
      case 'pesan':
      case 'saluran':
      case 'cadangan':
      case 'settings':
        this.#recount();
    }
  }

  /** Forgets what was seen: somebody signed out. */
  forget(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.book.clear();
    this.figures = undefined;
    this.#steps = undefined;
  }

  hideSteps(): void {
    this.#hidden = true;
    host.choices.set(HIDDEN, 'sembunyi');
  }

  #recount(): void {
    const now = Date.now();
    this.#first_at ||= now;
    clearTimeout(this.#timer);
    const wait = Math.min(SETTLES_MS, Math.max(0, this.#first_at + LATEST_MS - now));
    this.#timer = setTimeout(() => {
      this.#first_at = 0;
      void this.loading.load();
    }, wait);
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const [figures, book] = await Promise.all([getDasbor(), this.book.load(isOver)]);
    if (!figures.ok || isOver()) return figures;
    this.figures = figures.data;
    return book.ok ? ok(undefined) : book;
  }

  async #loadSteps(): Promise<void> {
    const steps = await getHariPertama();
    // Without an answer there is only no list of steps.
    if (steps.ok) this.#steps = steps.data;
  }
}
