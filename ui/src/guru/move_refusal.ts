/** Why an appointment cannot be moved or called off. */
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { failureText } from '../i18n/failure';
import { timeText } from '../i18n/format';
import { t } from '../i18n/guru';

/** Why it cannot be moved any more, as it just happened; undefined if it still can. */
export function noLongerMovable(
  row: JanjiTemu,
  arrived_text: (timeText: string) => string,
): string | undefined {
  if (row.status === 'belum') return undefined;
  return row.status === 'menunggu' && row.waktu_datang
    ? arrived_text(timeText(row.waktu_datang))
    : t.rincian.berubah;
}

/** The text for the server's refusal. The guest may have come, or somebody may have called it off. */
export function moveRefusalText(failure: Failure): string {
  return codeOf(failure) === 'transisi_tidak_sah' ? t.rincian.berubah : failureText(failure);
}
