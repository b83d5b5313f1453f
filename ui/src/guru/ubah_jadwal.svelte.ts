/** Another time for an appointment, asked for in one request that may be sent again: it is moved, or it stays. */
import { reschedule } from '../api/janji_temu';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu, JanjiTemuBaru } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/guru';
import { IsianJadwal } from './isian_jadwal.svelte';

export class UbahJadwal {
  readonly jadwal: IsianJadwal;
  sibuk = $state(false);
  pesan = $state('');

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
    void this.jadwal.muatan.load();
  }

  /** The appointment, once it has another time. */
  async kirim(): Promise<JanjiTemuBaru | undefined> {
    if (this.sibuk) return undefined;
    this.jadwal.terap();
    this.pesan = '';
    if (!this.jadwal.lengkap) return undefined;
    this.sibuk = true;
    const { tanggal, waktu, durasi_menit, izinkan_bentrok } = this.jadwal;
    const moved = await reschedule(this.lama.id, { tanggal, waktu, durasi_menit, izinkan_bentrok });
    if (!moved.ok) await this.#refuse(moved.failure);
    this.sibuk = false;
    return moved.ok ? moved.data : undefined;
  }

  async #refuse(failure: Failure): Promise<void> {
    if (await this.jadwal.refuse(failure, this.lama.id)) return;
    // The guest has come meanwhile, or somebody called it off.
    this.pesan = codeOf(failure) === 'transisi_tidak_sah' ? t.rincian.berubah : failureText(failure);
  }
}
