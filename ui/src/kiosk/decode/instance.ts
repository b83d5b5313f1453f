/** The page's side of the crate `decoder_wasm`: one instance of the module, its functions and its memory. */
import type { Pixels } from './pixels';

/** As the crate names them. */
export type Exports = {
  memory: WebAssembly.Memory;
  pixels(count: number): number;
  frame(width: number, height: number): void;
  picture(width: number, height: number): void;
  rows(): void;
  begin(skipped: number, work: number): number;
  step(): number;
  is_past_plain(): number;
  limit_to_foreign(): void;
  work_left(): number;
  answer(): number;
  answer_length(): number;
};

/** How many pixels are copied at once. */
const CROSSING_PX = 1 << 20;

/**
 * Any method may throw, because the module panics on some pictures. An instance that threw cannot be used
 * again.
 */
export class Instance {
  constructor(private readonly exports: Exports) {}

  /** The texts in a camera's next frame. */
  frame(pixels: Pixels): string[] {
    const { width, height } = pixels;
    this.#write(pixels.rows(0, height));
    this.exports.frame(width, height);
    return this.texts();
  }

  /** Begins to read a picture after the `skipped` steps. Without `work` the module's own limit holds. */
  begin(pixels: Pixels, skipped: number, work?: number): void {
    const { width, height } = pixels;
    this.exports.picture(width, height);
    const most = Math.max(1, Math.floor(CROSSING_PX / width));
    for (let top = 0; top < height; top += most) {
      this.#write(pixels.rows(top, Math.min(most, height - top)));
      this.exports.rows();
    }
    if (!this.exports.begin(skipped, work ?? this.exports.work_left())) throw new Error('rows are missing');
  }

  /** Takes one step; false if nothing is left to try. */
  step(): boolean {
    return Boolean(this.exports.step());
  }

  /** Whether the plain steps are done. After them one wanted text is enough. */
  get isPastPlain(): boolean {
    return Boolean(this.exports.is_past_plain());
  }

  limitToForeign(): void {
    this.exports.limit_to_foreign();
  }

  get workLeft(): number {
    return this.exports.work_left();
  }

  /** The texts of the frame, or of the picture so far, the largest code first. */
  texts(): string[] {
    const bytes = new Uint8Array(
      this.exports.memory.buffer,
      this.exports.answer(),
      this.exports.answer_length(),
    );
    const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const texts: string[] = [];
    for (let at = 0; at < bytes.length;) {
      const start = at + 4;
      at = start + lengths.getUint32(at, true);
      texts.push(new TextDecoder().decode(bytes.subarray(start, at)));
    }
    return texts;
  }

  #write(rgba: Uint8ClampedArray): void {
    const at = this.exports.pixels(rgba.length / 4);
    // The memory moves when it grows.
    new Uint8Array(this.exports.memory.buffer).set(rgba, at);
  }
}
