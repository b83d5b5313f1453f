/** Moves what a desk has written down to the PC that replaces it: into a file there, out of it here. */
import { host, type MovedJournal } from '../host';

export class JournalMove {
  running = $state<'simpan' | 'ambil'>();
  /** What was saved, with the code that opens it. */
  saved = $state.raw<MovedJournal>();
  files = $state.raw<FileList>();
  kode = $state('');
  /** How many entries were new; null if the code does not open the file. */
  taken = $state<number | null>();
  failed = $state(false);
  readonly can_take = $derived((this.files?.length ?? 0) > 0 && this.kode.trim() !== '');

  save(): Promise<void> {
    return this.#do('simpan', async () => {
      this.saved = (await host.journal?.moves?.export()) ?? undefined;
    });
  }

  take(): Promise<void> {
    return this.#do('ambil', async () => {
      const file = this.files?.[0];
      if (file) this.taken = (await host.journal?.moves?.import(file, this.kode)) ?? null;
    });
  }

  async #do(running: NonNullable<this['running']>, work: () => Promise<void>): Promise<void> {
    if (this.running) return;
    this.running = running;
    this.failed = false;
    try {
      await work();
    } catch {
      this.failed = true;
    }
    this.running = undefined;
  }
}
