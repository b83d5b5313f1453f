/** The pixels of a bitmap, a few rows at a time, so that a large photograph never lies in memory twice. */

/** Four bytes a pixel. Transparent parts are white. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  rows(top: number, count: number): Uint8ClampedArray;
};

/** Larger pictures are shrunk by a whole factor, as in the crate `scan`, because their codes are large. */
export const PICTURE_PX_MAX = 1 << 26;
/** Larger frames are shrunk too, because guests hold codes close. */
export const FRAME_PX_MAX = 1 << 21;

function factorOf({ width, height }: { width: number; height: number }, px_max: number): number {
  let factor = 1;
  while ((width * height) / (factor * factor) > px_max) factor += 1;
  return factor;
}

/** The bitmap has to stay open as long as its rows are read. */
export function pixelsOf(bitmap: ImageBitmap, px_max: number): Pixels {
  const factor = factorOf(bitmap, px_max);
  const side = (length: number) => Math.max(1, Math.floor(length / factor));
  const [width, height] = [side(bitmap.width), side(bitmap.height)];
  let context: OffscreenCanvasRenderingContext2D | undefined;
  const rows = (top: number, count: number) => {
    context ??= contextOf(width, count);
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, count);
    context.drawImage(bitmap, 0, top * factor, width * factor, count * factor, 0, 0, width, count);
    return context.getImageData(0, 0, width, count).data;
  };
  return { width, height, rows };
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('a canvas without a context');
  context.imageSmoothingQuality = 'high';
  return context;
}
