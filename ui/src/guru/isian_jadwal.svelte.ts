/** Date, time and length of an appointment, and what is in their way. */
import { listDays } from '../api/janji_temu';
import { codeOf, type Failure } from '../api/result';
import type { JanjiTemu } from '../api/types';
import { fieldText } from '../i18n/failure';
import { isoDate, jam as jamTeks } from '../i18n/format';
import { t } from '../i18n/guru';
import { jam } from '../shared/jam.svelte';

export const LAMA_MENIT = [15, 30, 45, 60, 90, 120];
const QUARTER = 15;
const QUARTER_MS = QUARTER * 60_000;
/** Nobody is offered a time after it, in minutes since midnight. */
const DAY_END = 18 * 60;

type Bentrok = { dengan: JanjiTemu[]; kosong: string | undefined };

export class IsianJadwal {
  tanggal = $state('');
  waktu = $state('');
  durasi_menit = $state(30);
  izinkan_bentrok = $state(false);
  bentrok = $state.raw<Bentrok>();
  #refused = $state.raw<{ tanggal?: string; waktu?: string }>({});
  dicoba = $state(false);

  readonly #missing = $derived.by(() => ({
    ...(this.tanggal ? {} : { tanggal: t.formulir.tanggal_kosong }),
    ...(this.waktu ? {} : { waktu: t.formulir.waktu_kosong }),
  }));
  readonly salah: { tanggal?: string; waktu?: string } = $derived(
    this.dicoba ? { ...this.#refused, ...this.#missing } : this.#refused,
  );
  readonly lengkap = $derived(Object.keys(this.#missing).length === 0);

  constructor(tanggal?: string) {
    // The next quarter of an hour; on another day the morning.
    const next = Math.ceil((jam.kini + 1) / QUARTER_MS) * QUARTER_MS;
    const today = isoDate(next);
    this.tanggal = tanggal ?? today;
    this.waktu = this.tanggal === today ? jamTeks(next).replace('.', ':') : '08:00';
  }

  /** Offers the first time from there on that is free, unless somebody has chosen one meanwhile. */
  async offer(): Promise<void> {
    const { tanggal, waktu } = this;
    const day = await listDays(tanggal, tanggal);
    if (!day.ok || this.tanggal !== tanggal || this.waktu !== waktu) return;
    for (let start = minutes(waktu); start < DAY_END; start += QUARTER) {
      const free = timeOf(start);
      if (this.#overlapping(day.data, free).length > 0) continue;
      this.waktu = free;
      return;
    }
  }

  /** Something was changed: what was said of it before counts no more. */
  changed(): void {
    this.bentrok = undefined;
    this.izinkan_bentrok = false;
    this.#refused = {};
  }

  pakai(waktu: string): void {
    this.changed();
    this.waktu = waktu;
  }

  /** Takes what a refusal says of these fields; true where it was about them. */
  async refuse(failure: Failure, kecuali?: number): Promise<boolean> {
    if (failure.kind !== 'problem') return false;
    const errors = failure.problem.errors ?? {};
    if (codeOf(failure) === 'bentrok') {
      const kosong = failure.problem.waktu_kosong ?? undefined;
      const day = await listDays(this.tanggal, this.tanggal);
      this.bentrok = { dengan: day.ok ? this.#overlapping(day.data, this.waktu, kecuali) : [], kosong };
      return true;
    }
    // Of today only the hour can be over.
    const over = this.tanggal === isoDate(jam.kini) ? errors['tanggal'] : undefined;
    const tanggal = over ? undefined : errors['tanggal'];
    const waktu = errors['waktu'] ?? over;
    this.#refused = {
      ...(tanggal ? { tanggal: fieldText(tanggal) } : {}),
      ...(waktu ? { waktu: fieldText(waktu) } : {}),
    };
    return Object.keys(this.#refused).length > 0;
  }

  #overlapping(rows: JanjiTemu[], waktu: string, kecuali?: number): JanjiTemu[] {
    const start = minutes(waktu);
    return rows.filter(
      (row) =>
        row.id !== kecuali &&
        (row.status === 'belum' || row.status === 'menunggu' || row.status === 'sedang berlangsung') &&
        minutes(row.waktu) < start + this.durasi_menit &&
        start < minutes(row.waktu) + row.durasi_menit,
    );
  }
}

/** Since midnight. */
function minutes(waktu: string): number {
  const [hours = 0, rest = 0] = waktu.split(':').map(Number);
  return hours * 60 + rest;
}

function timeOf(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
