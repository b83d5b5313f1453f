/** The camera's preview: width and height as little-endian 16-bit numbers, then the pixels. */
import type { PreviewPicture } from '../desk';

const HEAD = 4;

/** Nothing where the camera gives no picture. */
export function readPicture(bytes: Uint8Array<ArrayBuffer>): PreviewPicture | undefined {
  if (bytes.length < HEAD) return undefined;
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
  const [width, height] = [head.getUint16(0, true), head.getUint16(2, true)];
  const luma = bytes.subarray(HEAD);
  return width > 0 && luma.length === width * height ? { width, height, luma } : undefined;
}
