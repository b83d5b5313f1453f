/** Gives an appointment another time in one request that may be sent again. It moves, or it stays. */
import { reschedule } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu, JanjiTemuBaru } from '../api/types';
import { JadwalFields } from '../shared/undang/jadwal_fields.svelte';
import { moveRefusalText } from './move_refusal';

export class RescheduleForm {
  readonly jadwal: JadwalFields;
  busy = $state(false);
  message = $state('');

  readonly is_unchanged = $derived.by(
    () =>
      this.jadwal.draft === undefined &&
      this.jadwal.tanggal === this.before.tanggal &&
      this.jadwal.waktu === this.before.waktu &&
      this.jadwal.durasi_menit === this.before.durasi_menit,
  );

  constructor(private readonly before: JanjiTemu) {
    const { id, id_guru, tanggal, waktu } = before;
    this.jadwal = new JadwalFields(id_guru, { tanggal, waktu }, id);
    this.jadwal.durasi_menit = before.durasi_menit;
    void this.jadwal.loading.load();
  }

  /** The moved appointment; undefined if it stays. */
  async submit(): Promise<JanjiTemuBaru | undefined> {
    if (this.busy) return undefined;
    this.jadwal.apply();
    this.message = '';
    if (!this.jadwal.is_complete) return undefined;
    this.busy = true;
    const moved = await reschedule(this.before.id, this.jadwal.request());
    if (!moved.ok) await this.#refuse(moved.failure);
    this.busy = false;
    return moved.ok ? moved.data : undefined;
  }

  async #refuse(failure: Failure): Promise<void> {
    if (await this.jadwal.refuse(failure)) return;
    this.message = moveRefusalText(failure);
  }
}
