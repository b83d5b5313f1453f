/** The scanners that the host reads by itself, and how each of them is. */
import { host, type Scanner, type ScannerFault } from '../host';
import type { CameraState } from './page_camera.svelte';

const CAMERA: Record<Scanner['state'], CameraState> = {
  opening: 'buka',
  ready: 'siap',
  denied: 'ditolak',
  not_found: 'tidak_ada',
  busy: 'gagal',
  lost: 'gagal',
  hung: 'gagal',
  failed: 'gagal',
};

export function faultOf({ state }: Scanner): ScannerFault | undefined {
  return state === 'ready' || state === 'opening' ? undefined : state;
}

/** Most USB scanners type, so a missing one that does not is no fault. */
export function isSpare({ kind, state }: Scanner): boolean {
  return kind === 'hid' && state === 'not_found';
}

export class HostScanners {
  /** Whether the host reads scanners. Otherwise the page reads keyboard and camera. */
  readonly is_available = host.scanners !== undefined;
  all = $state.raw<Scanner[]>([]);

  /** All but cameras, which are shown by themselves. */
  readonly #others = $derived(this.all.filter(({ kind }) => kind !== 'camera'));
  readonly faulty = $derived(
    this.#others.filter((scanner) => faultOf(scanner) !== undefined && !isSpare(scanner)),
  );
  /** None is ready yet, but some may be soon. */
  readonly is_opening = $derived(
    this.#others.some(({ state }) => state === 'opening') &&
      !this.#others.some(({ state }) => state === 'ready'),
  );

  readonly camera: CameraState = $derived.by(() => {
    const cameras = this.all.filter(({ kind }) => kind === 'camera');
    const shown = cameras.find(({ state }) => state === 'ready') ?? cameras[0];
    return shown ? CAMERA[shown.state] : 'mati';
  });

  /** Starts watching; call what it returns to end that. */
  start(): () => void {
    const end = host.scanners?.watchStates((all) => (this.all = all));
    return () => {
      end?.();
      this.all = [];
    };
  }
}
