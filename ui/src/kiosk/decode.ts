/** Reads QR codes in pictures by a worker, which is loaded when first needed. The decoder is the program's own, `decoder`. */
import type { Answer, Answered, Asked } from './decode/protocol';

let worker: Worker | undefined;
let asked_count = 0;
const waiting = new Map<number, (answer: Answer) => void>();

/** The texts of the codes in a frame of the camera, which is given away. */
export function decodeFrame(frame: ImageBitmap): Promise<Answer> {
  return ask({ frame }, [frame]);
}

/** The texts of the codes in a picture file, or why there are none. */
export function decodePicture(picture: Blob): Promise<Answer> {
  return ask({ picture });
}

function ask(asked: Asked, given: Transferable[] = []): Promise<Answer> {
  worker ??= started();
  const id = (asked_count += 1);
  const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
  worker.postMessage({ id, asked }, given);
  return answer;
}

function started(): Worker {
  const started = new Worker(new URL('./decode/worker.ts', import.meta.url), { type: 'module' });
  started.onmessage = ({ data: { id, answer } }: MessageEvent<Answered>) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
  // It does not start, or ended: whoever waits is told, and the next one who asks has a new one.
  started.onerror = () => {
    started.terminate();
    if (worker === started) worker = undefined;
    for (const tell of waiting.values()) tell({ fault: 'not_loaded' });
    waiting.clear();
  };
  return started;
}
