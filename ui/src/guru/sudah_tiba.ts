/** Why an appointment that is just being moved or called off cannot be any more; nothing as long as it can. */
import type { JanjiTemu } from '../api/types';
import { jam } from '../i18n/format';
import { t } from '../i18n/guru';

export function sudahTiba(row: JanjiTemu, tiba: (jam: string) => string): string | undefined {
  if (row.status === 'belum') return undefined;
  return row.status === 'menunggu' && row.waktu_datang ? tiba(jam(row.waktu_datang)) : t.rincian.berubah;
}
