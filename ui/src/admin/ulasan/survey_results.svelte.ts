/** What the survey of a period comes to. */
import type { Failure } from '../../api/result';
import { getSurvei, surveiFile } from '../../api/survei';
import type { ReportFormat, RingkasanSurvei } from '../../api/types';
import { t } from '../../i18n/admin_ulasan';
import { isoDate } from '../../i18n/format';
import { language } from '../../i18n/language.svelte';
import { t as survey_words } from '../../i18n/survey';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';
import { keepFile } from '../keep_file';
import { boundsOf, periodAt, restOf, type Period } from '../period/period';
import { titleOf } from '../period/period_text';

export class SurveyResults {
  period = $state.raw<Period>(periodAt('tahun-ajaran', isoDate(clock.now)));
  data = $state.raw<RingkasanSurvei>();
  /** Which file is on its way. */
  saving = $state<ReportFormat>();
  /** Why there is no file. */
  failure = $state.raw<Failure>();
  readonly title = $derived(titleOf(this.period));
  readonly loading = new Loading(async (isOver) => {
    const { dari, sampai } = boundsOf(this.period);
    const told = await getSurvei(dari, sampai);
    if (told.ok && !isOver()) this.data = told.data;
    return told;
  });

  show(period: Period): void {
    if (this.data && restOf(period) === restOf(this.period)) return;
    this.period = period;
    this.data = undefined;
    this.loading.forget();
    void this.loading.load();
  }

  stop(): void {
    this.loading.forget();
  }

  /** Saves it as a file. */
  async download(format: ReportFormat): Promise<void> {
    if (this.saving) return;
    this.saving = format;
    const { dari, sampai } = boundsOf(this.period);
    const file = await surveiFile(dari, sampai, format, language.code);
    this.saving = undefined;
    this.failure = file.ok ? undefined : file.failure;
    if (file.ok) await keepFile(`survei-${dari}-${sampai}.${format}`, file.data);
  }
}

type Element = RingkasanSurvei['unsur'][number];

/** From which index on a letter is given (Permenpan RB 14/2017). */
export const LETTER_FROM = { A: 88.31, B: 76.61, C: 65, D: 25 } as const;

/** The element with the lowest mean; undefined if all are alike or fewer than two were answered. */
export function lowestOf(elements: Element[]): Element['unsur'] | undefined {
  const answered = elements.filter(({ n }) => n > 0);
  // By whole numbers, as a mean is rounded: sum a of n is below sum b of m if a·m < b·n.
  const lowest = answered.reduce<Element | undefined>(
    (low, one) => (low && low.jumlah * one.n <= one.jumlah * low.n ? low : one),
    undefined,
  );
  const others = answered.filter((one) => lowest && one.jumlah * lowest.n === lowest.jumlah * one.n);
  return lowest && answered.length > 1 && others.length === 1 ? lowest.unsur : undefined;
}

/** How many respondents all elements have in common; undefined if some were left out. */
export function answeredByAll({ unsur, responden }: RingkasanSurvei): number | undefined {
  return unsur.every(({ n }) => n === responden) ? responden : undefined;
}

export type Group = { title: string; parts: { name: string; count: number }[] };

/** Who answered, in the survey's own words and order; last those who do not tell. */
export function groupsOf({ kelompok, responden }: RingkasanSurvei): Group[] {
  const words = {
    jenis_kelamin: survey_words.pilih_jenis_kelamin,
    usia: survey_words.pilih_usia,
    pendidikan: survey_words.pilih_pendidikan,
    pekerjaan: survey_words.pilih_pekerjaan,
  };
  return (['jenis_kelamin', 'usia', 'pendidikan', 'pekerjaan'] as const).map((group) => {
    const counts: Record<string, number> = kelompok[group];
    const parts = Object.entries<string>(words[group])
      .map(([key, name]) => ({ name, count: counts[key] ?? 0 }))
      .filter(({ count }) => count > 0);
    const missing = responden - parts.reduce((sum, { count }) => sum + count, 0);
    if (missing > 0) parts.push({ name: t.skm.tidak_diisi, count: missing });
    return { title: t.skm.kelompok[group], parts };
  });
}
