/** Reads QR codes in pictures: by the browser where it can, else by a worker that is loaded when first needed. */

/** Larger pictures are made smaller first: a code on a phone fills enough of them. */
const SIDES_PX = [1000, 2000, 500];

type Detector = { detect(source: ImageBitmap): Promise<{ rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

let detector: Detector | undefined;
let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, (text: string | undefined) => void>();

/** The texts of the codes in a frame of the camera. */
export async function decodeFrame(frame: ImageBitmap): Promise<string[]> {
  return decode(frame, SIDES_PX.slice(0, 1));
}

/** The texts of the codes in a picture file, tried at several sizes. Rejects what is no picture. */
export async function decodePicture(picture: Blob): Promise<string[]> {
  return decode(await createImageBitmap(picture), SIDES_PX);
}

async function decode(bitmap: ImageBitmap, sides_px: number[]): Promise<string[]> {
  try {
    const found =
      (await browserDetector()
        ?.detect(bitmap)
        .catch(() => [])) ?? [];
    if (found.length > 0) return found.map(({ rawValue }) => rawValue);
    for (const side_px of sides_px) {
      const text = await ask(pixels(bitmap, side_px));
      if (text) return [text];
    }
    return [];
  } finally {
    bitmap.close();
  }
}

function browserDetector(): Detector | undefined {
  if (!detector && 'BarcodeDetector' in window) {
    detector = new (window.BarcodeDetector as DetectorClass)({ formats: ['qr_code'] });
  }
  return detector;
}

function pixels(bitmap: ImageBitmap, side_px: number): ImageData {
  const scale = Math.min(1, side_px / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  ];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('a canvas without a context');
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function ask(image: ImageData): Promise<string | undefined> {
  if (!worker) {
    worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ id: number; text?: string }>) => {
      waiting.get(data.id)?.(data.text);
      waiting.delete(data.id);
    };
  }
  const { width, height, data } = image;
  const id = (asked += 1);
  const answer = new Promise<string | undefined>((resolve) => waiting.set(id, resolve));
  worker.postMessage({ id, width, height, data }, [data.buffer]);
  return answer;
}
