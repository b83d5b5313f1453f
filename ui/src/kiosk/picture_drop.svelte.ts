/** A picture of a code that is dropped on the page or pasted into it. */
import { readPictureFile } from './picture_file';
import type { UnreadableReason } from './screen';
import { ours } from './token';

/** Nobody brings more at once. */
const FILES_MAX = 20;

type Listener = {
  read(texts: string[]): Promise<void>;
  /** `beside`: another picture gave a code. */
  failed(reason: UnreadableReason, beside: boolean): void;
};

export class PictureDrop {
  /** A file is held over the page. */
  is_hovering = $state(false);
  #reading = $state(0);

  #depth = 0;

  constructor(private readonly listener: Listener) {}

  get is_reading(): boolean {
    return this.#reading > 0;
  }

  readonly enter = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#depth += 1;
    this.is_hovering = true;
  };

  readonly over = (event: DragEvent): void => {
    if (carriesFiles(event)) event.preventDefault();
  };

  readonly leave = (_event: DragEvent): void => {
    this.#depth = Math.max(0, this.#depth - 1);
    this.is_hovering = this.#depth > 0;
  };

  readonly drop = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#depth = 0;
    this.is_hovering = false;
    void this.read([...(event.dataTransfer?.files ?? [])]);
  };

  readonly paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.read(files);
  };

  /**
   * Reads each guest's code in the files once. Without one, reads other texts, or tells why there are none.
   */
  async read(files: File[]): Promise<void> {
    this.#reading += 1;
    const read = [];
    for (const file of files.slice(0, FILES_MAX)) read.push(await readPictureFile(file));
    this.#reading -= 1;
    const texts = ours(read.flatMap((content) => ('text' in content ? content.text : [])));
    const [failed] = read.flatMap((content) => ('reason' in content ? [content.reason] : []));
    if (texts.length > 0) await this.listener.read(texts.filter((text, at) => texts.indexOf(text) === at));
    if (failed) this.listener.failed(failed, texts.length > 0);
  }
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
