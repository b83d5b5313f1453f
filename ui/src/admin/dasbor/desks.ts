/** What is said of the front desks and their scanners. */
import type { Dasbor } from '../../api/types';
import { t } from '../../i18n/admin_dasbor';

type Desk = Dasbor['meja'][number];

/** Ready if a desk is connected and none of those that are has a scanner in trouble. */
export function deskState(desks: Desk[]): 'siap' | 'pemindai_gagal' | 'belum' {
  const connected = desks.filter(({ online }) => online);
  if (connected.length === 0) return 'belum';
  const has_trouble = connected.some(({ perangkat }) => perangkat.some(({ keadaan }) => keadaan === 'gagal'));
  return has_trouble ? 'pemindai_gagal' : 'siap';
}

/** "pemindai USB, kamera bermasalah" */
export function scannersText({ perangkat, sejak }: Desk): string {
  // A page that is no kiosk tells nothing.
  if (!sejak) return t.siap;
  const said = perangkat.map(({ jenis, keadaan }) => {
    const nama = t.perangkat[jenis];
    if (keadaan === 'gagal') return t.perangkat_gagal(nama);
    return keadaan === 'membuka' ? t.perangkat_membuka(nama) : nama;
  });
  return said.length > 0 ? said.join(', ') : t.pemindai_tanpa;
}
