import { beforeEach, expect, test, vi } from 'vitest';
import type { PreviewPicture, Scanner } from '../host';

const told = vi.hoisted(() => ({ states: (_: Scanner[]): void => undefined }));
vi.mock('../host', () => ({
  host: {
    choices: { get: () => undefined },
    scanners: {
      watchStates: (listener: (scanners: Scanner[]) => void) => {
        told.states = listener;
        return () => undefined;
      },
    },
  },
}));

import { KameraProgram, rgba } from './kamera_program.svelte';
import { Pemindai } from './pemindai.svelte';

const scanner = (id: string, kind: Scanner['kind'], state: Scanner['state']): Scanner => ({
  id,
  kind,
  name: id,
  state,
});

let pemindai: Pemindai;
let preview: (picture: PreviewPicture | undefined) => void;
let kamera: KameraProgram;
beforeEach(() => {
  pemindai = new Pemindai();
  pemindai.start();
  kamera = new KameraProgram(pemindai, {
    watch: (listener) => {
      preview = listener;
      return () => undefined;
    },
  });
});

test('a camera has a word of its own, and the best of several counts', () => {
  expect(kamera.keadaan).toBe('mati');
  told.states([scanner('a', 'camera', 'busy')]);
  expect([kamera.keadaan, pemindai.rusak.length]).toEqual(['gagal', 0]);
  told.states([scanner('a', 'camera', 'busy'), scanner('b', 'camera', 'ready')]);
  expect(kamera.keadaan).toBe('siap');
});

test('while one scanner is ready, one that opens is no news; one that fails is', () => {
  told.states([scanner('a', 'hid', 'opening')]);
  expect(pemindai.membuka).toBe(true);
  told.states([scanner('a', 'hid', 'opening'), scanner('b', 'serial', 'ready')]);
  expect(pemindai.membuka).toBe(false);
  told.states([scanner('a', 'hid', 'lost'), scanner('b', 'serial', 'ready')]);
  expect(pemindai.rusak.map(({ id }) => id)).toEqual(['a']);
});

test('a scanner that never was there is no fault; one that was pulled out is', () => {
  told.states([scanner('a', 'hid', 'not_found')]);
  expect([pemindai.rusak.length, pemindai.membuka]).toEqual([0, false]);
  told.states([scanner('a', 'hid', 'lost'), scanner('b', 'serial', 'not_found')]);
  expect(pemindai.rusak.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a picture that stays away is shown as none', () => {
  vi.useFakeTimers();
  vi.stubGlobal('ImageData', vi.fn());
  const canvas = { width: 0, height: 0, getContext: () => ({ putImageData: vi.fn() }) };
  const end = kamera.show(canvas as unknown as HTMLCanvasElement);
  const picture = { width: 2, height: 1, luma: new Uint8Array([0, 255]) };
  preview(picture);
  expect([kamera.shown, canvas.width, canvas.height]).toEqual([true, 2, 1]);
  vi.advanceTimersByTime(2100);
  expect(kamera.shown).toBe(false);
  preview(picture);
  preview(undefined);
  expect(kamera.shown).toBe(false);
  end();
  expect([...rgba(picture)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
