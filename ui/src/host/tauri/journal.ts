/** What the desktop program writes down while no server can be reached. */
import type { MovedJournal, Unsettled } from '../contract.mjs';
import type { Journal, JournalMoves } from '../journal';
import { call, callWithBytes } from './ipc';

export class TauriJournal implements Journal {
  readonly moves: JournalMoves = {
    export: (): Promise<MovedJournal | null> => call('luring_export'),
    import: (file, kode): Promise<number | null> => callWithBytes('luring_import', file, { kode }),
  };

  unsettled(): Promise<Unsettled[]> {
    return call('luring_unsettled');
  }

  async settle(nomor: number): Promise<void> {
    await call('luring_settle', { nomor });
  }
}
