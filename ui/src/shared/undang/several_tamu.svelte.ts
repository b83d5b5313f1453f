/** The guests of one appointment, entered together and mended line by line before anything is sent. */
import type { TamuLainRequest } from '../../api/requests';
import { t } from '../../i18n/undang';
import {
  lineFaults,
  readTamuList,
  TAMU_MAX,
  tamuRequest,
  type TamuCells,
  type TamuColumn,
} from './tamu_list';

/** How many bytes of a file are read, far more than sixty lines. */
const FILE_MAX = 200_000;

export type TamuLine = { id: number; cells: TamuCells };
type Fault = { column: TamuColumn; text: string };

export class SeveralTamu {
  /** The text that is being pasted. */
  text = $state('');
  lines = $state<TamuLine[]>([]);
  /** Why a file or a text was not taken. */
  message = $state('');
  /** What the server found, by the line's identity. */
  #refused = $state.raw<Partial<Record<number, Fault>>>({});
  #last_id = 0;

  readonly #faults = $derived(lineFaults(this.lines.map(({ cells }) => cells)));
  readonly faulty_count = $derived(this.lines.filter((_, at) => this.faultAt(at)).length);
  readonly is_full = $derived(this.lines.length > TAMU_MAX);
  readonly is_complete = $derived(this.lines.length > 0 && this.faulty_count === 0 && !this.is_full);

  /** What is wrong with a line. */
  faultAt(place: number): Fault | undefined {
    const line = this.lines[place];
    const found = this.#faults[place];
    if (found) return { column: found.column, text: t.beberapa.salah[found.fault] };
    return line && this.#refused[line.id];
  }

  /** Adds the guests of a text; false if there are none. */
  add(text: string): boolean {
    const rows = readTamuList(text);
    this.message = rows.length > 0 ? '' : t.beberapa.kosong;
    this.lines.push(...rows.map((cells) => ({ id: (this.#last_id += 1), cells })));
    return rows.length > 0;
  }

  addTyped(): void {
    if (this.add(this.text)) this.text = '';
  }

  addEmpty(): void {
    this.lines.push({
      id: (this.#last_id += 1),
      cells: { nama: '', telp: '', email: '', instansi: '' },
    });
  }

  async addFile(file: File): Promise<void> {
    if (file.size > FILE_MAX) {
      this.message = t.beberapa.berkas_besar;
      return;
    }
    try {
      this.add(textOf(await file.arrayBuffer()));
    } catch {
      this.message = t.beberapa.berkas_gagal;
    }
  }

  remove(id: number): void {
    this.lines = this.lines.filter((line) => line.id !== id);
  }

  changed(line: TamuLine): void {
    this.#refused = { ...this.#refused, [line.id]: undefined };
  }

  requests(): TamuLainRequest[] {
    return this.lines.map(({ cells }) => tamuRequest(cells));
  }

  /** Takes what the server says of these fields; true if it was about them. */
  refuse(errors: Record<string, string>): boolean {
    const refused: Partial<Record<number, Fault>> = {};
    for (const [field, text] of Object.entries(errors)) {
      const found = /^tamu(?:_lain[.[](\d+)\]?)?\.(nama|telp|email|instansi)$/.exec(field);
      // The first guest is sent apart from the others.
      const line = found && this.lines[found[1] === undefined ? 0 : Number(found[1]) + 1];
      if (line) refused[line.id] = { column: found[2] as TamuColumn, text };
    }
    this.#refused = refused;
    return Object.keys(refused).length > 0;
  }
}

/** Sheets still write files in the old encoding of Windows. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
