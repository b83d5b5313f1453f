/** Decodes in a thread of its own, so that no frame and no photograph delays a key. */
import address from './decoder.wasm?url';
import type { Exports } from './instance';
import { FRAME_PX_MAX, PICTURE_PX_MAX, pixelsOf } from './pixels';
import type { Answer, Asked, Answered } from './protocol';
import { Reader, type Instantiate } from './reader';

let loading: Promise<Reader> | undefined;

/** Loads the module when it is first needed. If that fails, the next request tries again. */
function loaded(): Promise<Reader> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Reader> {
  const module = await WebAssembly.compileStreaming(fetch(address));
  const instantiate: Instantiate = async () => {
    const { exports } = await WebAssembly.instantiate(module);
    // The crate's own, of the same build.
    return exports as unknown as Exports;
  };
  return new Reader(instantiate);
}

async function answer(asked: Asked): Promise<Answer> {
  const reader = await loaded().catch(() => undefined);
  if (!reader) return { fault: 'not_loaded' };
  if ('frame' in asked) return { texts: await reader.frame(pixelsOf(asked.frame, FRAME_PX_MAX)) };
  if (asked.picture.size === 0) return { fault: 'empty' };
  const bitmap = await createImageBitmap(asked.picture);
  try {
    return await reader.picture(pixelsOf(bitmap, PICTURE_PX_MAX));
  } finally {
    bitmap.close();
  }
}

self.onmessage = ({ data: { id, asked } }: MessageEvent<{ id: number; asked: Asked }>) => {
  void answer(asked)
    .catch((): Answer => ({ fault: 'broken' }))
    .then((answer) => {
      if ('frame' in asked) asked.frame.close();
      self.postMessage({ id, answer } satisfies Answered);
    });
};
