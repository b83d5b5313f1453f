/** A picture of a code that is dropped on the page or pasted into it. */
import { host } from '../host';
import { decodePicture } from './decode';

/** How long "nothing in it" stays to be read. */
const SHOWN_MS = 8000;

export class GambarMasuk {
  /** One is held over the page. */
  di_atas = $state(false);
  membaca = $state(false);
  /** There was no code in the last one. */
  kosong = $state(false);

  #depth = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onread: (text: string) => void) {}

  readonly enter = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#depth += 1;
    this.di_atas = true;
  };

  readonly over = (event: DragEvent): void => {
    if (carriesFiles(event)) event.preventDefault();
  };

  readonly leave = (_event: DragEvent): void => {
    this.#depth = Math.max(0, this.#depth - 1);
    this.di_atas = this.#depth > 0;
  };

  readonly drop = (event: DragEvent): void => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    this.#depth = 0;
    this.di_atas = false;
    void this.read([...(event.dataTransfer?.files ?? [])]);
  };

  readonly paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.read(files);
  };

  /** Reads pictures until one has a code. */
  async read(files: File[]): Promise<void> {
    clearTimeout(this.#timer);
    this.kosong = false;
    this.membaca = true;
    const text = await firstText(files);
    this.membaca = false;
    if (text) {
      this.onread(text);
      return;
    }
    this.kosong = true;
    this.#timer = setTimeout(() => (this.kosong = false), SHOWN_MS);
  }
}

async function firstText(files: File[]): Promise<string | undefined> {
  for (const file of files) {
    const text = host.decodePicture ? (await host.decodePicture(file))[0] : await decodePicture(file);
    if (text) return text;
  }
  return undefined;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
