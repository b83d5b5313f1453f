/** The real module and pictures made for it, for page tests. */
import { existsSync, readFileSync } from 'node:fs';
import encodeQR from 'qr';
import type { Exports } from './instance';
import type { Pixels } from './pixels';

const FILE = new URL('./decoder.wasm', import.meta.url);

export const TOKEN = 'CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY';

export function moduleBytes(): Buffer<ArrayBuffer> {
  if (!existsSync(FILE)) throw new Error('the QR decoder is not built yet: run `cargo xtask pages`');
  return readFileSync(FILE);
}

let compiled: Promise<WebAssembly.Module> | undefined;

export async function instantiate(): Promise<Exports> {
  compiled ??= WebAssembly.compile(moduleBytes());
  return (await WebAssembly.instantiate(await compiled)).exports as unknown as Exports;
}

export type Look = {
  text: string;
  /** Pixels of a module of the code. */
  module_px?: number;
  dark?: number;
  light?: number;
  mirrored?: boolean;
  /** The picture around it; otherwise as large as the code and its quiet zone. */
  width?: number;
  height?: number;
};

/** A code in the middle of an empty picture. */
export function picture({
  text,
  module_px = 4,
  dark = 0,
  light = 255,
  mirrored = false,
  ...size
}: Look): Pixels {
  const code = encodeQR(text, 'raw', { border: 4 });
  const side = code.length * module_px;
  const { width = side, height = side } = size;
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const isDark = (x: number, y: number) => {
    const across = mirrored ? side - 1 - x : x;
    return code[Math.floor(y / module_px)]?.[Math.floor(across / module_px)] ?? false;
  };
  const rows = (first: number, count: number) => {
    const rgba = new Uint8ClampedArray(width * count * 4).fill(light);
    for (let y = Math.max(first, top); y < Math.min(first + count, top + side); y += 1) {
      for (let x = 0; x < side; x += 1) {
        const at = ((y - first) * width + left + x) * 4;
        if (isDark(x, y - top)) rgba.fill(dark, at, at + 4);
      }
    }
    return rgba;
  };
  return { width, height, rows };
}

export function emptyPicture(width: number, height: number): Pixels {
  return { width, height, rows: (_, count) => new Uint8ClampedArray(width * count * 4).fill(150) };
}
