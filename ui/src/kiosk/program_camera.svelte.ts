/** The camera that the host opens and reads by itself; the page shows what it sees, so that a guest can aim. */
import type { Preview, PreviewPicture } from '../host';
import type { CameraState } from './page_camera.svelte';
import type { HostScanners } from './host_scanners.svelte';

/** After this long the last picture is too old to show. */
const STALE_MS = 2000;

export class ProgramCamera {
  readonly jenis = 'program';
  /** As a person expects of a camera that looks at them. */
  readonly is_mirrored = true;
  /** The program's own. */
  readonly decoder = 'siap';
  /** The camera gives a picture. */
  shown = $state(false);

  constructor(
    private readonly scanners: HostScanners,
    private readonly preview: Preview,
  ) {}

  get state(): CameraState {
    return this.scanners.camera;
  }

  /** Draws on this element while it exists. */
  readonly show = (canvas: HTMLCanvasElement): (() => void) => {
    const context = canvas.getContext('2d');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = this.preview.watch((picture) => {
      clearTimeout(timer);
      this.shown = picture !== undefined;
      if (!picture) return;
      timer = setTimeout(() => (this.shown = false), STALE_MS);
      const { width, height } = picture;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context?.putImageData(new ImageData(rgba(picture), width, height), 0, 0);
    });
    return () => {
      end();
      clearTimeout(timer);
      this.shown = false;
    };
  };
}

/** Grey as a canvas takes it. */
export function rgba({ luma }: PreviewPicture): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(luma.length * 4);
  luma.forEach((grey, at) => pixels.set([grey, grey, grey, 255], at * 4));
  return pixels;
}
