/** What a desk writes down while no server can be reached, and what a page can do about it. */
import type { MovedJournal, Unsettled } from './contract.mjs';

/**
 * What this place cannot promise. `tanpa_simpan`: the browser keeps nothing here. `tab_lain`: another tab is the desk.
 * `tanpa_halaman`: this page does not open again while the server is away. `bisa_dihapus`: the browser may remove what
 * is kept, as where the disk is full or the window is a private one.
 */
export type JournalLimit = 'tanpa_simpan' | 'tab_lain' | 'tanpa_halaman' | 'bisa_dihapus';

export interface Journal {
  /** What was written down here without a server, and it took otherwise. */
  unsettled(): Promise<Unsettled[]>;
  /** Somebody has looked at it. */
  settle(nomor: number): Promise<void>;
  /** Where what is written down can leave this PC. */
  readonly moves?: JournalMoves;
}

export interface JournalMoves {
  /** Saves what is written down here for the PC that replaces this one; nothing if there is none, or no place. */
  export(): Promise<MovedJournal | null>;
  /** Takes in what another desk had saved: how many entries were new, or nothing if the code is wrong. */
  import(file: Blob, kode: string): Promise<number | null>;
}
