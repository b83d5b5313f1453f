import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import type { Exports } from './instance';
import { Reader } from './reader';
import { emptyPicture, instantiate, moduleBytes, picture, TOKEN, type Look } from './test_module';

/** The largest module that a page on a slow network may load. */
const MODULE_BYTES_MAX = 400_000;

const still = () => 0;

test('the module is small enough to be loaded', () => {
  expect(gzipSync(moduleBytes(), { level: 9 }).length).toBeLessThan(MODULE_BYTES_MAX);
});

test.each<[string, Omit<Look, 'text'>]>([
  ['plain', {}],
  ['mirrored', { mirrored: true }],
  ['light on dark', { dark: 255, light: 0 }],
  ['faint', { dark: 214, light: 228 }],
  ['two pixels a module', { module_px: 2 }],
  ['small in a photograph', { module_px: 3, width: 4000, height: 3000 }],
])('a code is read: %s', async (_, look) => {
  const reader = new Reader(instantiate, still);
  expect(await reader.picture(picture({ text: TOKEN, ...look }))).toEqual({ texts: [TOKEN] });
});

test('frames are read one after the other by one instance', async () => {
  const made = vi.fn(instantiate);
  const reader = new Reader(made, still);
  const frame = (text: string) => picture({ text, width: 640, height: 480 });
  expect(await reader.frame(frame(TOKEN))).toEqual([TOKEN]);
  expect(await reader.frame(emptyPicture(640, 480))).toEqual([]);
  expect(await reader.frame(frame('Lapangan ⚽'))).toEqual(['Lapangan ⚽']);
  expect(made).toHaveBeenCalledTimes(1);
});

test('a picture without a code gives nothing, and what takes too long is given up', async () => {
  const empty = emptyPicture(200, 150);
  expect(await new Reader(instantiate, still).picture(empty)).toEqual({ texts: [] });
  let now_ms = 0;
  const late = () => (now_ms += 5000);
  expect(await new Reader(instantiate, late).picture(empty)).toEqual({ fault: 'given_up' });
});

/** An instance that panics at one step, as one does on a picture that its libraries were not made for. */
function panickingAt(step: number, counted: { steps: number }): () => Promise<Exports> {
  return async () => {
    const real = await instantiate();
    const counting = () => {
      if ((counted.steps += 1) === step) throw new WebAssembly.RuntimeError('unreachable');
      return real.step();
    };
    return { ...real, step: counting };
  };
}

test('behind a step that panics another instance goes on', async () => {
  const whole = { steps: 0 };
  await new Reader(panickingAt(0, whole), still).picture(emptyPicture(300, 300));
  const counted = { steps: 0 };
  const made = vi.fn(panickingAt(3, counted));
  expect(await new Reader(made, still).picture(emptyPicture(300, 300))).toEqual({ texts: [] });
  expect(made).toHaveBeenCalledTimes(2);
  expect(counted.steps, 'no step is made twice, none left out').toBe(whole.steps);
  const first = panickingAt(1, { steps: 0 });
  const code = picture({ text: TOKEN, width: 900, height: 700, module_px: 8 });
  expect(await new Reader(first, still).picture(code)).toEqual({ texts: [TOKEN] });
});

test('neither a picture on which every step panics has a code, nor one that is too large for the memory', async () => {
  const panics = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const begun: number[] = [];
  const always = async () => {
    const real = await instantiate();
    const begin = (skipped: number, work: number) => (begun.push(skipped), real.begin(skipped, work));
    // After the last step nothing can panic.
    return { ...real, begin, step: () => ((begun.at(-1) ?? 0) < 100 ? panics() : real.step()) };
  };
  expect(await new Reader(always, still).picture(emptyPicture(130, 130))).toEqual({ texts: [] });
  expect(begun).toEqual(Array.from({ length: 101 }, (_, at) => at));
  const full = async () => ({ ...(await instantiate()), rows: panics });
  expect(await new Reader(full, still).picture(emptyPicture(9, 9))).toEqual({ fault: 'too_large' });
});

test('a frame that panics is nothing, and the next one is read', async () => {
  let panics = true;
  const once = async () => {
    const real = await instantiate();
    const frame = (width: number, height: number) => {
      if (panics) throw new WebAssembly.RuntimeError('unreachable');
      real.frame(width, height);
    };
    return { ...real, frame };
  };
  const reader = new Reader(once, still);
  const frame = picture({ text: TOKEN });
  expect(await reader.frame(frame)).toEqual([]);
  panics = false;
  expect(await reader.frame(frame)).toEqual([TOKEN]);
});
