/**
 * Another time for an appointment. The server has no such request: a new appointment is made first, and only then is
 * the old one called off, so that the guest is never left without any.
 */
import { createJanjiTemu, updateStatus } from '../api/janji_temu';
import { newKunci } from '../api/kunci';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu, JanjiTemuBaru } from '../api/types';
import { failureText } from '../i18n/failure';
import { t } from '../i18n/guru';
import { IsianJadwal } from './isian_jadwal.svelte';

export class UbahJadwal {
  readonly jadwal: IsianJadwal;
  sibuk = $state(false);
  pesan = $state('');
  /** Made, while the old one still stands. */
  dibuat = $state.raw<JanjiTemuBaru>();
  #kunci = newKunci();
  #sent = '';

  readonly sama = $derived.by(
    () =>
      this.jadwal.tanggal === this.lama.tanggal &&
      this.jadwal.waktu === this.lama.waktu &&
      this.jadwal.durasi_menit === this.lama.durasi_menit,
  );

  constructor(private readonly lama: JanjiTemu) {
    this.jadwal = new IsianJadwal(lama.tanggal);
    this.jadwal.waktu = lama.waktu;
    this.jadwal.durasi_menit = lama.durasi_menit;
  }

  /** The new appointment, once the old one is called off too. */
  async kirim(): Promise<JanjiTemuBaru | undefined> {
    if (this.sibuk) return undefined;
    this.jadwal.dicoba = true;
    this.pesan = '';
    if (!this.jadwal.lengkap) return undefined;
    this.sibuk = true;
    this.dibuat ??= await this.#make(this.jadwal.izinkan_bentrok);
    const done = this.dibuat !== undefined && (await this.#callOff());
    this.sibuk = false;
    return done ? this.dibuat : undefined;
  }

  async #make(izinkan_bentrok: boolean): Promise<JanjiTemuBaru | undefined> {
    const { tanggal, waktu, durasi_menit } = this.jadwal;
    const { id, id_tamu, keperluan } = this.lama;
    const body = { id_tamu, keperluan, tanggal, waktu, durasi_menit, izinkan_bentrok };
    const content = JSON.stringify(body);
    if (this.#sent && this.#sent !== content) this.#kunci = newKunci();
    this.#sent = content;
    const made = await createJanjiTemu({ ...body, kunci: this.#kunci });
    if (made.ok) return made.data;
    const about_time = await this.jadwal.refuse(made.failure, id);
    // In its own way only: the old one is about to go.
    if (isClash(made.failure) && this.jadwal.bentrok?.dengan.length === 0 && !izinkan_bentrok) {
      this.jadwal.changed();
      return this.#make(true);
    }
    if (!about_time) this.pesan = failureText(made.failure);
    return undefined;
  }

  async #callOff(): Promise<boolean> {
    const called_off = await updateStatus(this.lama.id, 'batal', t.ubah.alasan);
    if (called_off.ok) return true;
    this.pesan = t.ubah.setengah(failureText(called_off.failure));
    return false;
  }
}

const isClash = (failure: Failure) => codeOf(failure) === 'bentrok';
