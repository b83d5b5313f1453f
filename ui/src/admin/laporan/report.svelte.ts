/** The report on screen: of one period, with the period before it. */
import { getLaporan, type ReportPeriod } from '../../api/laporan';
import type { Laporan } from '../../api/types';
import { isoDate } from '../../i18n/format';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';
import { boundsOf, periodAt, restOf, type Period } from '../period/period';
import { previousName, titleOf } from '../period/period_text';
import { figuresOf } from './figures';

export class Report {
  period = $state.raw<Period>(periodAt('bulan', isoDate(clock.now)));
  data = $state.raw<Laporan>();
  readonly loading = new Loading(async (isOver) => {
    const told = await getLaporan(asked(this.period));
    if (told.ok && !isOver()) this.data = told.data;
    return told;
  });

  readonly bounds = $derived(boundsOf(this.period));
  readonly title = $derived(titleOf(this.period));
  readonly previous_name = $derived(previousName(this.period));
  readonly figures = $derived(this.data ? figuresOf(this.data, this.previous_name) : []);
  /** Its last days are still to come, so that the period before it is longer. */
  readonly is_running = $derived.by(() => {
    const today = isoDate(clock.now);
    return this.bounds.dari <= today && today < this.bounds.sampai;
  });

  /** Shows another period. */
  show(period: Period): void {
    if (this.data && restOf(period) === restOf(this.period)) return;
    this.period = period;
    this.data = undefined;
    this.loading.forget();
    void this.loading.load();
  }

  stop(): void {
    this.loading.forget();
    this.data = undefined;
  }
}

/** The question to the server. */
export function asked(period: Period): ReportPeriod {
  switch (period.kind) {
    case 'hari':
      return { of: 'day', tanggal: period.tanggal };
    case 'minggu':
      return { of: 'week', tanggal: period.tanggal };
    case 'bulan':
      return { of: 'month', bulan: period.bulan };
    default:
      return { of: 'range', ...boundsOf(period) };
  }
}
