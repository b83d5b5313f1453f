/**
 * Reads QR codes in pictures with the crate `decoder`, in a worker. The worker is loaded when it is first
 * needed.
 */
import type { Answer, Answered, Asked } from './decode/protocol';

let worker: Worker | undefined;
let asked_count = 0;
const waiting = new Map<number, (answer: Answer) => void>();

/** The texts of the codes in a frame of the camera. The frame is given away. */
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
  // The worker failed. Everybody who waits is told, and the next request starts a new one.
  started.onerror = () => {
    started.terminate();
    if (worker === started) worker = undefined;
    for (const tell of waiting.values()) tell({ fault: 'not_loaded' });
    waiting.clear();
  };
  return started;
}
