/** Why an appointment cannot be moved or called off. */
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { failureText } from '../i18n/failure';
import { timeText } from '../i18n/format';
import { t } from '../i18n/guru';

/** It cannot be any more, while that is just being done; nothing as long as it can. */
export function noLongerMovable(
  row: JanjiTemu,
  arrived_text: (timeText: string) => string,
): string | undefined {
  if (row.status === 'belum') return undefined;
  return row.status === 'menunggu' && row.waktu_datang
    ? arrived_text(timeText(row.waktu_datang))
    : t.rincian.berubah;
}

/** What the server's refusal says: the guest has come meanwhile, say, or somebody called it off. */
export function moveRefusalText(failure: Failure): string {
  return codeOf(failure) === 'transisi_tidak_sah' ? t.rincian.berubah : failureText(failure);
}
