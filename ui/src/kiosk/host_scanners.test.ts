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

import { ProgramCamera, rgba } from './program_camera.svelte';
import { HostScanners } from './host_scanners.svelte';

const scanner = (id: string, kind: Scanner['kind'], state: Scanner['state']): Scanner => ({
  id,
  kind,
  name: id,
  state,
});

let scanners: HostScanners;
let preview: (picture: PreviewPicture | undefined) => void;
let camera: ProgramCamera;
beforeEach(() => {
  scanners = new HostScanners();
  scanners.start();
  camera = new ProgramCamera(scanners, {
    watch: (listener) => {
      preview = listener;
      return () => undefined;
    },
  });
});

test('a camera has a word of its own, and the best of several counts', () => {
  expect(camera.state).toBe('mati');
  told.states([scanner('a', 'camera', 'busy')]);
  expect([camera.state, scanners.faulty.length]).toEqual(['gagal', 0]);
  told.states([scanner('a', 'camera', 'busy'), scanner('b', 'camera', 'ready')]);
  expect(camera.state).toBe('siap');
});

test('while one scanner is ready, one that opens is no news; one that fails is', () => {
  told.states([scanner('a', 'hid', 'opening')]);
  expect(scanners.is_opening).toBe(true);
  told.states([scanner('a', 'hid', 'opening'), scanner('b', 'serial', 'ready')]);
  expect(scanners.is_opening).toBe(false);
  told.states([scanner('a', 'hid', 'lost'), scanner('b', 'serial', 'ready')]);
  expect(scanners.faulty.map(({ id }) => id)).toEqual(['a']);
});

test('a scanner that never was there is no fault; one that was pulled out is', () => {
  told.states([scanner('a', 'hid', 'not_found')]);
  expect([scanners.faulty.length, scanners.is_opening]).toEqual([0, false]);
  told.states([scanner('a', 'hid', 'lost'), scanner('b', 'serial', 'not_found')]);
  expect(scanners.faulty.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a picture that stays away is shown as none', () => {
  vi.useFakeTimers();
  vi.stubGlobal('ImageData', vi.fn());
  const canvas = { width: 0, height: 0, getContext: () => ({ putImageData: vi.fn() }) };
  const end = camera.show(canvas as unknown as HTMLCanvasElement);
  const picture = { width: 2, height: 1, luma: new Uint8Array([0, 255]) };
  preview(picture);
  expect([camera.shown, canvas.width, canvas.height]).toEqual([true, 2, 1]);
  vi.advanceTimersByTime(2100);
  expect(camera.shown).toBe(false);
  preview(picture);
  preview(undefined);
  expect(camera.shown).toBe(false);
  end();
  expect([...rgba(picture)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
