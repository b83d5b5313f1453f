/** Purposes of visits as a report names them. */
import { t } from '../../i18n/admin_laporan';

/** What the server calls all the rest. */
const REST = 'lainnya';

export function purposeName(keperluan: string): string {
  return keperluan === REST ? t.lainnya : keperluan;
}
