/** Another time for an appointment, asked for in one request that may be sent again: it is moved, or it stays. */
import { reschedule } from '../api/janji_temu';
import type { Failure } from '../api/result';
import type { JanjiTemu, JanjiTemuBaru } from '../api/types';
import { IsianJadwal } from './isian_jadwal.svelte';
import { tolakPindah } from './tolak_pindah';

export class UbahJadwal {
  readonly jadwal: IsianJadwal;
  busy = $state(false);
  message = $state('');

  readonly sama = $derived.by(
    () =>
      this.jadwal.draf === undefined &&
      this.jadwal.tanggal === this.lama.tanggal &&
      this.jadwal.waktu === this.lama.waktu &&
      this.jadwal.durasi_menit === this.lama.durasi_menit,
  );

  constructor(private readonly lama: JanjiTemu) {
    this.jadwal = new IsianJadwal(lama.id_guru, { tanggal: lama.tanggal, waktu: lama.waktu });
    this.jadwal.durasi_menit = lama.durasi_menit;
    void this.jadwal.loading.load();
  }

  /** The appointment, once it has another time. */
  async submit(): Promise<JanjiTemuBaru | undefined> {
    if (this.busy) return undefined;
    this.jadwal.terap();
    this.message = '';
    if (!this.jadwal.lengkap) return undefined;
    this.busy = true;
    const { tanggal, waktu, durasi_menit, izinkan_bentrok } = this.jadwal;
    const moved = await reschedule(this.lama.id, { tanggal, waktu, durasi_menit, izinkan_bentrok });
    if (!moved.ok) await this.#refuse(moved.failure);
    this.busy = false;
    return moved.ok ? moved.data : undefined;
  }

  async #refuse(failure: Failure): Promise<void> {
    if (await this.jadwal.refuse(failure, this.lama.id)) return;
    this.message = tolakPindah(failure);
  }
}
