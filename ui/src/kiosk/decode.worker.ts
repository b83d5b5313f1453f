/** Decodes off the page's own thread, so that a frame of the camera never holds up a key. */
import decodeQR from 'qr/decode.js';

type Asked = { id: number; width: number; height: number; data: Uint8ClampedArray };

self.onmessage = ({ data: { id, ...image } }: MessageEvent<Asked>) => {
  let text: string | undefined;
  try {
    text = decodeQR(image);
  } catch {
    // No code in this picture: by far the commonest case.
  }
  self.postMessage({ id, text });
};
