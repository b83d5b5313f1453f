/** One appointment, loaded if it is not known yet, and what may be done with it. */
import { getJanjiTemu, listJanjiTemu } from '../api/janji_temu';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu, Kedatangan, Status } from '../api/types';
import { Loading } from '../shared/loading.svelte';
import type { Guru } from './guru.svelte';
import { moveRefusalText } from './move_refusal';

/** How many other appointments of the guest are shown. */
const OTHERS = 6;

export class JanjiTemuDetails {
  busy = $state<Status>();
  message = $state('');
  others = $state.raw<JanjiTemu[]>([]);
  readonly row = $derived.by(() => this.guru.agenda.find(this.id));
  readonly loading = new Loading(async () => {
    const found = await getJanjiTemu(this.id);
    if (!found.ok) return found;
    this.guru.agenda.merge(found.data);
    await this.#loadOthers(found.data);
    return found;
  });
  /** What became of the messages about it. */
  readonly deliveries_loading = new Loading(() => this.guru.deliveries.load({ id_janji_temu: this.id }));
  readonly is_missing = $derived.by(
    () => this.loading.failure !== undefined && codeOf(this.loading.failure) === 'tidak_ditemukan',
  );

  constructor(
    private readonly guru: Guru,
    readonly id: number,
  ) {}

  load(): void {
    void this.loading.load();
    void this.deliveries_loading.load();
  }

  stop(): void {
    this.loading.stop();
    this.deliveries_loading.stop();
  }

  /** The appointment as it stands afterwards; undefined if it could not be moved. */
  async moveTo(status: Status, alasan?: string): Promise<Kedatangan | undefined> {
    const { row } = this;
    if (!row || this.busy) return undefined;
    this.busy = status;
    this.message = '';
    const moved = await this.guru.moveTo(row, status, alasan);
    this.busy = undefined;
    if (moved.ok) return moved.data;
    this.#refuse(moved.failure);
    return undefined;
  }

  #refuse(failure: Failure): void {
    this.message = moveRefusalText(failure);
    void this.loading.load();
  }

  /** The page does without it if it cannot be loaded. */
  async #loadOthers(row: JanjiTemu): Promise<void> {
    const listed = await listJanjiTemu({ q: row.telp ?? row.nama_tamu }, 1, 50);
    if (!listed.ok) return;
    this.others = listed.data.data
      .filter((others) => others.id_tamu === row.id_tamu && others.id !== row.id)
      .toReversed()
      .slice(0, OTHERS);
  }
}
