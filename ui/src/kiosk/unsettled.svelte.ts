/** What a person has to look at: written down at this desk, and taken otherwise by the server. */
import { host, type Unsettled } from '../host';

export class Unsettleds {
  rows = $state.raw<Unsettled[]>([]);
  /** The entry that is being settled. */
  settling = $state<number>();
  failed = $state(false);

  async load(): Promise<void> {
    try {
      this.rows = (await host.journal?.unsettled()) ?? [];
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  /** Somebody has looked at it. */
  async settle(nomor: number): Promise<void> {
    if (this.settling !== undefined) return;
    this.settling = nomor;
    try {
      await host.journal?.settle(nomor);
      await this.load();
    } catch {
      this.failed = true;
    }
    this.settling = undefined;
  }
}
