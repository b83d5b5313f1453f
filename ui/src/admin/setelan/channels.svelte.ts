/** The ways out for messages: how they are, and in which order they are tried. Events keep it up to date. */
import { connectSaluran, listSaluran } from '../../api/saluran';
import type { Failure, Result } from '../../api/result';
import type { ChannelState, Saluran, SaluranRow } from '../../api/types';
import { clock } from '../../shared/clock.svelte';
import { Loading } from '../../shared/loading.svelte';

export class Channels {
  rows = $state.raw<SaluranRow[]>([]);
  urutan = $state.raw<Saluran[]>([]);
  connecting = $state<Saluran>();
  /** The one that was looked at last, and did not work then. */
  still_faulty = $state<Saluran>();
  /** Why it could not be looked at. */
  failure = $state.raw<Failure>();
  readonly loading = new Loading((isOver) => this.#load(isOver));

  /** Those that are set up and do not work. */
  readonly faulty = $derived(this.rows.filter((row) => row.keadaan === 'terganggu'));
  /** In the order in which they are tried; those that are never tried come last. */
  readonly ordered = $derived(
    this.rows.toSorted((a, b) => placeIn(this.urutan, a.nama) - placeIn(this.urutan, b.nama)),
  );

  find(nama: Saluran): SaluranRow | undefined {
    return this.rows.find((row) => row.nama === nama);
  }

  merge(row: SaluranRow): void {
    this.rows = this.rows.map((known) => (known.nama === row.nama ? row : known));
  }

  /** One broke, or works again. Loads what the event does not tell. */
  told({ nama, alasan = null }: ChannelState): void {
    const known = this.find(nama);
    if (known) {
      // Nothing changes this moment any more.
      // eslint-disable-next-line svelte/prefer-svelte-reactivity
      const diperiksa_pada = new Date(clock.now).toISOString();
      this.merge({ ...known, keadaan: alasan ? 'terganggu' : 'siap', alasan, diperiksa_pada });
    }
    void this.loading.load();
  }

  /** Looks whether messages could leave by it now. */
  async connect(nama: Saluran): Promise<void> {
    if (this.connecting) return;
    this.connecting = nama;
    this.failure = undefined;
    this.still_faulty = undefined;
    const looked = await connectSaluran(nama);
    this.connecting = undefined;
    if (!looked.ok) {
      this.failure = looked.failure;
      return;
    }
    this.merge(looked.data);
    if (looked.data.keadaan === 'terganggu') this.still_faulty = nama;
  }

  clear(): void {
    this.loading.forget();
    this.rows = [];
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const listed = await listSaluran();
    if (listed.ok && !isOver()) {
      this.rows = listed.data.data;
      this.urutan = listed.data.urutan;
    }
    return listed;
  }
}

function placeIn(urutan: Saluran[], nama: Saluran): number {
  const place = urutan.indexOf(nama);
  return place < 0 ? urutan.length : place;
}
