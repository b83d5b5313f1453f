/** What the receptionist does with a visit by hand. Nothing here throws. */
import { alertAgain, updateJanjiTemu, updateStatus } from '../api/janji_temu';
import { codeOf, type Failure, type Result } from '../api/result';
import type { KoreksiRequest, UbahTamuRequest } from '../api/requests';
import { updateTamu } from '../api/tamu';
import type { JanjiTemu, Kedatangan, Pesan, Status } from '../api/types';

type Desk = {
  /** A visit has moved. */
  moved(now: Kedatangan): void;
  /** What was registered is taken back. */
  undone(before: JanjiTemu, now: Kedatangan, restored?: Restored): void;
  /** A visit has changed without moving. */
  changed(row: JanjiTemu, guru_terhubung?: boolean | null): void;
  failed(failure: Failure): void;
};

/** A visit that was replaced and stands again, or that it could not be restored. */
export type Restored = JanjiTemu | 'gagal';

/** What a guest is to be told. `lagi`: the invitation once more. */
export type TamuNotice = {
  jenis: 'batal' | 'pindah' | 'baru' | 'lagi';
  row: JanjiTemu;
  words?: Pesan | null;
};

export class KunjunganMoves {
  /** The guest who is to be told of it. */
  tamu_notice = $state.raw<TamuNotice>();

  /** Which visit each one replaced. Both are taken back together. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen follows it
  readonly #replaced = new Map<number, number>();

  constructor(private readonly desk: Desk) {}

  /** Moves a visit: registered, begun, ended, or called off with a reason. */
  async moveTo(row: JanjiTemu, status: Status, alasan?: string): Promise<Result<Kedatangan>> {
    const moved = await (alasan ? updateStatus(row.id, status, alasan) : updateStatus(row.id, status));
    if (moved.ok) this.desk.moved(moved.data);
    else this.desk.failed(moved.failure);
    return moved;
  }

  /** Takes back an arrival or a departure, and restores the visit that it replaced. */
  async takeBack(row: JanjiTemu, to: Status): Promise<Result<Kedatangan>> {
    const undone = await updateStatus(row.id, to);
    if (!undone.ok) return this.#failed(undone.failure);
    this.desk.undone(row, undone.data, to === 'batal' ? await this.#restore(row.id) : undefined);
    return undone;
  }

  async #restore(id: number): Promise<Restored | undefined> {
    const replaced = this.#replaced.get(id);
    if (replaced === undefined) return undefined;
    const restored = await updateStatus(replaced, 'menunggu');
    if (!restored.ok) this.desk.failed(restored.failure);
    return restored.ok ? restored.data : 'gagal';
  }

  /** Ends a visit silently. `by`: the visit that replaced it. */
  async close(id: number, by?: number): Promise<void> {
    const ended = await updateStatus(id, 'selesai');
    if (!ended.ok) {
      this.desk.failed(ended.failure);
      return;
    }
    if (by !== undefined) this.#replaced.set(by, id);
    this.desk.changed(ended.data);
  }

  async alertAgain(row: JanjiTemu): Promise<Result<Kedatangan>> {
    const told = await alertAgain(row.id);
    if (told.ok) this.desk.changed(told.data, told.data.guru_terhubung);
    else if (codeOf(told.failure) !== 'terlalu_sering') this.desk.failed(told.failure);
    return told;
  }

  /** Corrects the guest, then this visit. Sends only what changed. */
  async correct(
    row: JanjiTemu,
    tamu: UbahTamuRequest,
    kunjungan: KoreksiRequest,
  ): Promise<Result<undefined>> {
    if (Object.keys(tamu).length > 0) {
      const changed = await updateTamu(row.id_tamu, tamu);
      if (!changed.ok) return this.#failed(changed.failure);
      const { nama, telp = null, instansi = null } = changed.data;
      this.desk.changed({ ...row, nama_tamu: nama, telp, instansi });
    }
    if (Object.keys(kunjungan).length > 0) {
      const changed = await updateJanjiTemu(row.id, kunjungan);
      if (!changed.ok) return this.#failed(changed.failure);
      this.desk.changed(changed.data);
    }
    return { ok: true, data: undefined };
  }

  #failed(failure: Failure): { ok: false; failure: Failure } {
    this.desk.failed(failure);
    return { ok: false, failure };
  }
}
