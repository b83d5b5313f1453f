/** Names of periods, as people say them. */
import { dateRange, dateText, longDate, monthName, noonOf, shortDate } from '../../i18n/format';
import { t } from '../../i18n/admin_period';
import { boundsOf, daysIn, moved, type Period } from './period';

/** November 2026 */
export function titleOf(period: Period): string {
  const { dari, sampai } = boundsOf(period);
  switch (period.kind) {
    case 'hari':
      return longDate(noonOf(dari));
    case 'bulan':
      return monthName(noonOf(dari));
    case 'tahun-ajaran':
      return t.tahun_ajaran(yearsOf(period.year));
    default:
      return dari === sampai ? dateText(noonOf(dari)) : dateRange(noonOf(dari), noonOf(sampai));
  }
}

/** The one before it, told by what differs: Oktober. */
export function previousName(period: Period): string {
  const before = moved(period, -1);
  const { dari } = boundsOf(before);
  switch (before.kind) {
    case 'hari':
      return shortDate(noonOf(dari));
    case 'minggu':
      return t.minggu_lalu;
    case 'bulan':
      return monthName(noonOf(dari), dari.slice(0, 4) !== boundsOf(period).dari.slice(0, 4));
    case 'rentang':
      return t.hari_lalu(daysIn(boundsOf(before)));
    case 'tahun-ajaran':
      return yearsOf(before.year);
  }
}

/** 2026/2027 */
export function yearsOf(year: number): string {
  return `${year}/${year + 1}`;
}
