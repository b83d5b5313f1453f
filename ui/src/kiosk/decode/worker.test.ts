import { beforeAll, expect, test, vi } from 'vitest';
import type { Asked } from './protocol';
import { moduleBytes, picture, TOKEN } from './test_module';

const posted = vi.fn();
const desk: { postMessage: typeof posted; onmessage?: (event: { data: unknown }) => void } = {
  postMessage: posted,
};
const fetched = vi.fn<() => Promise<unknown>>();

/** As much of a bitmap and of a canvas as the worker touches: the pixels of a picture that was made. */
const shown = picture({ text: TOKEN });
const bitmap = { width: shown.width, height: shown.height, close: vi.fn() };
class Canvas {
  getContext = () => ({
    fillRect: () => undefined,
    drawImage: (_: unknown, __: number, top: number) => (this.top = top),
    getImageData: (_: number, __: number, ___: number, count: number) => ({
      data: shown.rows(this.top, count),
    }),
  });
  top = 0;
}

beforeAll(async () => {
  vi.stubGlobal('self', desk);
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('OffscreenCanvas', Canvas);
  vi.stubGlobal('createImageBitmap', async (blob: Blob) => {
    if ((await blob.text()) !== 'a picture') throw new DOMException('no picture', 'InvalidStateError');
    return bitmap;
  });
  vi.spyOn(WebAssembly, 'compileStreaming').mockImplementation(async (source) => {
    await source;
    return WebAssembly.compile(moduleBytes());
  });
  await import('./worker');
});

let asked_count = 0;
async function answerTo(asked: unknown): Promise<unknown> {
  const id = (asked_count += 1);
  desk.onmessage?.({ data: { id, asked: asked as Asked } });
  const own = () => posted.mock.calls.map(([answered]) => answered as { id: number; answer: unknown });
  return vi.waitFor(() => {
    const found = own().find((answered) => answered.id === id);
    if (!found) throw new Error('not answered yet');
    return found.answer;
  });
}

test('every question has its answer, and one module is loaded for all', async () => {
  const file = new Blob(['a picture']);
  fetched.mockRejectedValueOnce(new TypeError('no network'));
  expect(await answerTo({ picture: file })).toEqual({ fault: 'not_loaded' });
  fetched.mockResolvedValue({});
  expect(await answerTo({ picture: file })).toEqual({ texts: [TOKEN] });
  expect(bitmap.close).toHaveBeenCalledTimes(1);
  expect(await answerTo({ frame: bitmap })).toEqual({ texts: [TOKEN] });
  expect(bitmap.close, 'a frame is not kept').toHaveBeenCalledTimes(2);
  expect(await answerTo({ picture: new Blob(['a letter']) })).toEqual({ fault: 'broken' });
  expect(await answerTo({ picture: new Blob([]) })).toEqual({ fault: 'empty' });
  expect(fetched).toHaveBeenCalledTimes(2);
});
