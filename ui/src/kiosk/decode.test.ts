import { beforeEach, expect, test, vi } from 'vitest';
import type { Answered } from './decode/protocol';

/** As much of a worker as the page touches. */
class FakeWorker {
  static readonly started: FakeWorker[] = [];
  onmessage: (event: { data: Answered }) => void = () => undefined;
  onerror: () => void = () => undefined;
  readonly postMessage = vi.fn<(message: { id: number }, given: unknown[]) => void>();
  readonly terminate = vi.fn();

  constructor() {
    FakeWorker.started.push(this);
  }

  answer(at: number, answer: Answered['answer']): void {
    const [{ id }] = this.postMessage.mock.calls[at] ?? [{ id: 0 }];
    this.onmessage({ data: { id, answer } });
  }
}
vi.stubGlobal('Worker', FakeWorker);

let decode: {
  decodeFrame(frame: ImageBitmap): Promise<Answered['answer']>;
  decodePicture(picture: Blob): Promise<Answered['answer']>;
};
beforeEach(async () => {
  FakeWorker.started.length = 0;
  vi.resetModules();
  decode = await import('./decode');
});

const FRAME = {} as ImageBitmap;
const FILE = new Blob(['a picture']);

test('nothing is loaded before something is to be read, and answers find whoever asked', async () => {
  expect(FakeWorker.started).toHaveLength(0);
  const asked = [decode.decodePicture(FILE), decode.decodeFrame(FRAME)];
  const [worker] = FakeWorker.started;
  expect(FakeWorker.started).toHaveLength(1);
  expect(worker?.postMessage.mock.calls.map(([, given]) => given)).toEqual([[], [FRAME]]);
  worker?.answer(1, { texts: ['frame'] });
  worker?.answer(0, { fault: 'broken' });
  expect(await Promise.all(asked)).toEqual([{ fault: 'broken' }, { texts: ['frame'] }]);
});

test('a worker that fails lets nobody wait, and the next one who asks has a new one', async () => {
  const lost = [decode.decodePicture(FILE), decode.decodeFrame(FRAME)];
  FakeWorker.started[0]?.onerror();
  expect(await Promise.all(lost)).toEqual([{ fault: 'not_loaded' }, { fault: 'not_loaded' }]);
  expect(FakeWorker.started[0]?.terminate).toHaveBeenCalled();
  const read = decode.decodePicture(FILE);
  FakeWorker.started[1]?.answer(0, { texts: [] });
  expect(await read).toEqual({ texts: [] });
});
