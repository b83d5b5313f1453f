/** One appointment: fetched where it is not known yet, and what may be done with it. */
import { getJanjiTemu, listJanjiTemu } from '../api/janji_temu';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu, Kedatangan, Status } from '../api/types';
import { Muatan } from '../shared/muatan.svelte';
import type { Guru } from './guru.svelte';
import { tolakPindah } from './tolak_pindah';

/** Other appointments with the same guest, at most. */
const OTHERS = 6;

export class Rincian {
  sibuk = $state<Status>();
  pesan = $state('');
  lain = $state.raw<JanjiTemu[]>([]);
  readonly row = $derived.by(() => this.guru.agenda.find(this.id));
  readonly muatan = new Muatan(async () => {
    const found = await getJanjiTemu(this.id);
    if (!found.ok) return found;
    this.guru.agenda.merge(found.data);
    await this.#loadOthers(found.data);
    return found;
  });
  readonly tak_ada = $derived.by(
    () => this.muatan.failure !== undefined && codeOf(this.muatan.failure) === 'tidak_ditemukan',
  );

  constructor(
    private readonly guru: Guru,
    readonly id: number,
  ) {}

  /** The appointment as it stands afterwards; nothing where it could not be moved. */
  async pindah(status: Status, alasan?: string): Promise<Kedatangan | undefined> {
    const { row } = this;
    if (!row || this.sibuk) return undefined;
    this.sibuk = status;
    this.pesan = '';
    const moved = await this.guru.pindah(row, status, alasan);
    this.sibuk = undefined;
    if (moved.ok) return moved.data;
    this.#refuse(moved.failure);
    return undefined;
  }

  #refuse(failure: Failure): void {
    this.pesan = tolakPindah(failure);
    void this.muatan.load();
  }

  /** A convenience: without it the page is whole too. */
  async #loadOthers(row: JanjiTemu): Promise<void> {
    const listed = await listJanjiTemu({ q: row.telp ?? row.nama_tamu }, 1, 50);
    if (!listed.ok) return;
    this.lain = listed.data.data
      .filter((other) => other.id_tamu === row.id_tamu && other.id !== row.id)
      .toReversed()
      .slice(0, OTHERS);
  }
}
