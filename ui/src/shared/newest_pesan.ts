/** Messages as they change: of two copies, the one that changed last wins. */
import type { PesanKeluar } from '../api/types';

/** Whether this copy says something that the known one does not. */
export function isNewerPesan(known: PesanKeluar | undefined, row: PesanKeluar): boolean {
  return !known || Date.parse(known.diubah_pada) <= Date.parse(row.diubah_pada);
}
