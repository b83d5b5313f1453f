/** What became of the messages about own appointments. Events keep it up to date. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { listAllPesan, sendPesanAgain, type PesanFilter } from '../api/pesan';
import type { Failure, Result } from '../api/result';
import type { JenisPesan, PesanKeluar } from '../api/types';
import { isNewerPesan } from '../shared/newest_pesan';

/** What goes to the guest. All else goes to the guru. */
const TO_TAMU = new Set<JenisPesan>(['undangan', 'pindah', 'batal', 'pengingat', 'ulasan']);

export class Deliveries {
  readonly #rows = new SvelteMap<number, PesanKeluar>();
  readonly #busy = new SvelteSet<number>();
  readonly #failures = new SvelteMap<number, Failure>();

  readonly #by_janji_temu = $derived.by(() => {
    // Made anew with every change, and so nothing has to follow it.
    // eslint-disable-next-line svelte/prefer-svelte-reactivity
    const found = new Map<number, PesanKeluar[]>();
    const newest_first = [...this.#rows.values()].sort((a, b) => b.id - a.id);
    for (const row of newest_first) {
      const { id_janji_temu } = row;
      if (typeof id_janji_temu !== 'number' || !TO_TAMU.has(row.jenis)) continue;
      const known = found.get(id_janji_temu);
      if (known) known.push(row);
      else found.set(id_janji_temu, [row]);
    }
    return found;
  });

  /** Those to the guest of an appointment, newest first. */
  of(id_janji_temu: number): PesanKeluar[] {
    return this.#by_janji_temu.get(id_janji_temu) ?? [];
  }

  /** The one that counts now: the newest that is still needed. */
  latest(id_janji_temu: number): PesanKeluar | undefined {
    return this.of(id_janji_temu).find((row) => row.keadaan !== 'usang');
  }

  merge(row: PesanKeluar): void {
    if (isNewerPesan(this.#rows.get(row.id), row)) this.#rows.set(row.id, row);
  }

  async load(filter: PesanFilter): Promise<Result<PesanKeluar[]>> {
    const listed = await listAllPesan(filter);
    if (listed.ok) listed.data.forEach((row) => this.merge(row));
    return listed;
  }

  isBusy(row: PesanKeluar): boolean {
    return this.#busy.has(row.id);
  }

  /** Why it could not be sent again. */
  failureOf(row: PesanKeluar): Failure | undefined {
    return this.#failures.get(row.id);
  }

  async sendAgain(row: PesanKeluar): Promise<boolean> {
    if (this.#busy.has(row.id)) return false;
    this.#busy.add(row.id);
    this.#failures.delete(row.id);
    const sent = await sendPesanAgain(row.id);
    this.#busy.delete(row.id);
    if (sent.ok) this.merge(sent.data);
    else this.#failures.set(row.id, sent.failure);
    return sent.ok;
  }

  clear(): void {
    this.#rows.clear();
    this.#failures.clear();
  }
}
