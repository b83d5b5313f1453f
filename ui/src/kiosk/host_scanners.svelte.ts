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

/** Most USB scanners type, and no desk needs one of those that do not; it is used as soon as there is one. */
export function isSpare({ kind, state }: Scanner): boolean {
  return kind === 'hid' && state === 'not_found';
}

export class HostScanners {
  /** Where there are none of the host's own, keyboard and camera are the page's. */
  readonly is_available = host.scanners !== undefined;
  all = $state.raw<Scanner[]>([]);

  /** All but cameras, which have a picture and a word of their own. */
  readonly #others = $derived(this.all.filter(({ kind }) => kind !== 'camera'));
  readonly faulty = $derived(
    this.#others.filter((scanner) => faultOf(scanner) !== undefined && !isSpare(scanner)),
  );
  /** None is ready yet, and some may be shortly. */
  readonly is_opening = $derived(
    this.#others.some(({ state }) => state === 'opening') &&
      !this.#others.some(({ state }) => state === 'ready'),
  );

  readonly camera: CameraState = $derived.by(() => {
    const cameras = this.all.filter(({ kind }) => kind === 'camera');
    const shown = cameras.find(({ state }) => state === 'ready') ?? cameras[0];
    return shown ? CAMERA[shown.state] : 'mati';
  });

  /** Gives what ends it. */
  start(): () => void {
    const end = host.scanners?.watchStates((all) => (this.all = all));
    return () => {
      end?.();
      this.all = [];
    };
  }
}
