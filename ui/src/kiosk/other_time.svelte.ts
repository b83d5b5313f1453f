/**
 * Another time for a guest, from the guru's free times. It moves the appointment, or makes a new one if the
 * guest is here.
 */
import { listFreeTimes } from '../api/guru';
import { createJanjiTemu, reschedule } from '../api/janji_temu';
import { newIdempotencyKey } from '../api/idempotency_key';
import type { Failure, Result } from '../api/result';
import type { JanjiTemu, JanjiTemuBaru } from '../api/types';
import { failureText } from '../i18n/failure';
import { isoDate, addDays } from '../i18n/format';
import { kt } from '../i18n/desk_work';
import { clock } from '../shared/clock.svelte';
import { isOnSite } from './today.svelte';
import type { Kiosk } from './kiosk.svelte';

/** Two weeks are offered. The guru arranges later ones. */
const DAYS = 14;
export const LENGTHS_MINUTES = [15, 30, 45, 60, 90];

export class OtherTime {
  readonly days: string[];
  tanggal = $state('');
  durasi_menit = $state(30);
  waktu = $state<string>();
  /** Undefined while they are loaded. */
  free_times = $state.raw<string[]>();
  /** The school is closed on that day: why. */
  closed_text = $state('');
  failure = $state.raw<Failure>();
  busy = $state(false);
  message = $state('');
  /** A new appointment is made, because the guest is here already. */
  readonly is_new: boolean;
  #kunci = newIdempotencyKey();

  constructor(
    private readonly kiosk: Kiosk,
    private readonly row: JanjiTemu,
  ) {
    const today = isoDate(clock.now);
    this.days = Array.from({ length: DAYS }, (_, day) => addDays(today, day));
    this.tanggal = today;
    this.durasi_menit = row.durasi_menit || 30;
    this.is_new = row.status !== 'belum';
    void this.load();
  }

  chooseDay(tanggal: string): void {
    this.tanggal = tanggal;
    void this.load();
  }

  chooseLength(durasi_menit: number): void {
    this.durasi_menit = durasi_menit;
    void this.load();
  }

  async load(): Promise<void> {
    const { tanggal, durasi_menit } = this;
    this.free_times = undefined;
    this.failure = undefined;
    this.closed_text = '';
    this.waktu = undefined;
    const kecuali = this.is_new ? undefined : this.row.id;
    const free = await listFreeTimes(this.row.id_guru, tanggal, durasi_menit, kecuali);
    if (tanggal !== this.tanggal || durasi_menit !== this.durasi_menit) return;
    if (free.ok) {
      this.free_times = free.data.data.map(({ waktu }) => waktu);
      if (free.data.tutup) this.closed_text = kt.lain_waktu.tutup(free.data.libur ?? null);
    } else this.failure = free.failure;
  }

  /** Whether the new time stands. If so, the guest is to be told. */
  async submit(): Promise<boolean> {
    const { waktu } = this;
    this.message = waktu ? '' : kt.lain_waktu.kurang;
    if (!waktu || this.busy) return false;
    this.busy = true;
    const made = await this.#send(waktu);
    this.busy = false;
    if (!made.ok) {
      // Somebody may have been faster, so the free times are loaded again.
      await this.load();
      this.message = failureText(made.failure);
      return false;
    }
    const { kiosk, row } = this;
    kiosk.changed(made.data);
    const { pesan: words, ...now } = made.data;
    kiosk.moves.tamu_notice = { jenis: this.is_new ? 'baru' : 'pindah', row: now, words };
    if (isOnSite(row)) {
      await kiosk.moves.close(row.id);
      kiosk.leave(row.id);
    }
    return true;
  }

  #send(waktu: string): Promise<Result<JanjiTemuBaru>> {
    const { tanggal, durasi_menit, row } = this;
    const when = { tanggal, waktu, durasi_menit };
    if (!this.is_new) return reschedule(row.id, when);
    const { id_tamu, id_guru, keperluan, atas_nama, jumlah_orang } = row;
    return createJanjiTemu({
      ...when,
      id_tamu,
      id_guru,
      keperluan,
      jumlah_orang,
      ...(atas_nama ? { atas_nama } : {}),
      kunci: this.#kunci,
    });
  }
}
