/** What this desk reads codes with, as the dashboard shows it. */
import type { Perangkat } from '../api/types';
import type { Scanner } from '../host';
import { isSpare, type HostScanners } from './host_scanners.svelte';
import type { AnyCamera, CameraState } from './page_camera.svelte';

const KIND: Record<Scanner['kind'], Perangkat['jenis']> = {
  serial: 'serial',
  hid: 'hid',
  camera: 'kamera',
  folder: 'folder',
};

/** A camera that nobody has, or that nobody turned on, is no trouble. */
const CAMERA: Partial<Record<CameraState, Perangkat['keadaan']>> = {
  siap: 'siap',
  buka: 'membuka',
  gagal: 'gagal',
};

export function scannersOf(scanners: HostScanners, camera: AnyCamera): Perangkat[] {
  // A scanner that types needs nothing of the page, so it is always there.
  const typing: Perangkat = { jenis: 'ketik', keadaan: 'siap' };
  if (scanners.is_available) {
    const own = scanners.all.filter((scanner) => !isSpare(scanner));
    return [
      typing,
      ...own.slice(0, 15).map(({ kind, state }) => ({ jenis: KIND[kind], keadaan: stateOf(state) })),
    ];
  }
  const keadaan = CAMERA[camera.state];
  return keadaan ? [typing, { jenis: 'kamera', keadaan }] : [typing];
}

function stateOf(state: Scanner['state']): Perangkat['keadaan'] {
  if (state === 'ready') return 'siap';
  return state === 'opening' ? 'membuka' : 'gagal';
}
