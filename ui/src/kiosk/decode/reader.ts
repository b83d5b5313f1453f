/**
 * Reads codes in frames and pictures, from pixels to texts. If an instance panics, another one goes on
 * after the failed step. Knows no worker and no canvas.
 */
import { findToken } from '../token';
import { Instance, type Exports } from './instance';
import type { Pixels } from './pixels';

/** Makes an instance of the module. */
export type Instantiate = () => Promise<Exports>;

export type Reading = { texts: string[] } | { fault: 'too_large' | 'given_up' };

/** The longest that reading one picture may take, as in the crate `scan`. */
const READING_MAX_MS = 8000;

export class Reader {
  /** The camera's, which knows the frames before. */
  #camera: Instance | undefined;

  constructor(
    private readonly instantiate: Instantiate,
    private readonly now_ms = (): number => performance.now(),
  ) {}

  /** The texts in a frame; none if the module panics. */
  async frame(pixels: Pixels): Promise<string[]> {
    this.#camera ??= new Instance(await this.instantiate());
    try {
      return this.#camera.frame(pixels);
    } catch {
      this.#camera = undefined;
      return [];
    }
  }

  /** The texts in a picture. It has an instance of its own, and frames are read between its steps. */
  async picture(pixels: Pixels): Promise<Reading> {
    const end_ms = this.now_ms() + READING_MAX_MS;
    const found = new Set<string>();
    let [made, work]: [number, number | undefined] = [0, undefined];
    const isGivenUp = () => work === 0 || this.now_ms() >= end_ms;
    for (;;) {
      const instance = new Instance(await this.instantiate());
      try {
        instance.begin(pixels, made, work);
      } catch {
        return { fault: 'too_large' };
      }
      try {
        while (!isGivenUp() && instance.step()) {
          made += 1;
          for (const text of instance.texts()) found.add(text);
          if (instance.isPastPlain && found.size > 0) {
            if ([...found].some((text) => findToken(text) !== undefined)) break;
            instance.limitToForeign();
          }
          work = instance.workLeft;
          await othersTurn();
        }
        break;
      } catch {
        made += 1;
      }
    }
    return found.size === 0 && isGivenUp() ? { fault: 'given_up' } : { texts: [...found] };
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
