/** The front desk: from a code that was read to what everybody sees, and back to the idle screen. */
import { client, call } from '../api/client';
import { scan as sendScan, updateStatus } from '../api/janji_temu';
import type { ScanRequest } from '../api/requests';
import { newKunci } from '../api/kunci';
import { codeOf, isTrouble, type Failure, type Result } from '../api/result';
import type { JanjiTemu, Penolakan, Scan } from '../api/types';
import { bunyiBaca, bunyiTidak, bunyiYa, keptVolume, type Volume } from '../shared/bunyi';
import { jam } from '../shared/jam.svelte';
import { host } from '../host';
import { diLokasi, HariIni } from './hari_ini.svelte';
import { HitungMundur } from './hitung_mundur.svelte';
import { KEMBALI_DETIK, type Asal, type Isi, type Layar } from './layar';
import { Sambungan } from './sambungan.svelte';
import { TanpaJanji } from './tanpa_janji.svelte';
import { findToken } from './token';
import type { WedgeScan } from './wedge';

const PENOLAKAN: readonly string[] = [
  'format_tidak_valid',
  'tanda_tangan_tidak_valid',
  'kedaluwarsa',
  'tidak_ditemukan',
  'bukan_hari_ini',
  'sudah_diproses',
  'dibatalkan',
] satisfies Penolakan[];

/** The rest of the reading, once a guru has answered. */
const ANSWER_SECONDS = 15;
/** A pending scan is tried so often after the trouble began. */
const PENDING_EVERY_MS = 3000;
/** For so long after one of ours a foreign code is taken for its neighbour: a payment code beside the guest's own. */
const NEIGHBOUR_MS = 5000;

export class Kiosk {
  layar = $state.raw<Layar>({ jenis: 'siap' });
  volume = $state<Volume>(keptVolume());
  /** The form of a guest without an appointment, while it is open. */
  langsung = $state.raw<TanpaJanji>();

  readonly hariIni = new HariIni();
  readonly mundur = new HitungMundur(() => this.#lapse());
  readonly sambungan = new Sambungan({
    connected: () => void this.hariIni.load(),
    appointment: (row) => this.changed(row),
  });

  /** The appointment on screen, as new as it is known. */
  readonly janjiTemu = $derived(
    this.layar.jenis === 'datang' || this.layar.jenis === 'pulang' ? this.#known(this.layar.id) : undefined,
  );

  /** Copies that are on no page of today: yesterday's guest who leaves. */
  #shown = $state.raw<JanjiTemu>();
  /** Guests who were answered while another one was on screen. */
  #unshown: number[] = [];
  /** The newest scan decides what is shown. */
  #scans = 0;
  /** When a code that looks like one of ours was last read. */
  #ours_ms = -Infinity;

  start(): void {
    this.sambungan.start();
    void this.hariIni.load();
  }

  stop(): void {
    this.sambungan.stop();
    this.hariIni.clear();
    this.kembali();
  }

  /** A code was read by keyboard, camera, picture or the host's scanners. */
  async scan(read: WedgeScan | string): Promise<void> {
    const codes = typeof read === 'string' ? [read] : candidates(read);
    if (this.#isNeighbour(codes)) return;
    bunyiBaca(this.volume);
    const ticket = this.#begin();
    const kunci = newKunci();
    let answer = await this.#send({ kode: codes[0] ?? '', kunci });
    if (codes[1] && !answer.ok && isMisread(answer.failure)) {
      answer = await this.#send({ kode: codes[1], kunci: newKunci() });
    }
    this.#show(ticket, { kode: codes[0] ?? '', kunci }, answer);
  }

  /** Whether it is a foreign code that was read right after one of ours: it takes no welcome down. */
  #isNeighbour(codes: string[]): boolean {
    const now_ms = performance.now();
    if (codes.some((code) => findToken(code) !== undefined)) {
      this.#ours_ms = now_ms;
      return false;
    }
    return now_ms - this.#ours_ms < NEIGHBOUR_MS;
  }

  /** After `pilih`: which of the guest's appointments. */
  async pilih(kode: string, id_janji_temu: number): Promise<void> {
    const ticket = this.#begin();
    const request = { kode, kunci: newKunci(), id_janji_temu };
    this.#show(ticket, request, await this.#send(request));
  }

  /** By hand, for a guest without a phone; what is wrong, if anything. */
  async catat(row: JanjiTemu, status: 'menunggu' | 'selesai'): Promise<Failure | undefined> {
    const moved = await updateStatus(row.id, status);
    if (!moved.ok) {
      this.sambungan.report(moved.failure);
      bunyiTidak(this.volume);
      if (codeOf(moved.failure) === 'transisi_tidak_sah') void this.hariIni.load();
      return moved.failure;
    }
    bunyiYa(this.volume);
    this.#remember(moved.data);
    if (status === 'selesai') this.#open({ jenis: 'pulang', id: row.id, sudah: false });
    else this.#arrived(moved.data, false, 'petugas');
    return undefined;
  }

  bukaLangsung(isi: Isi = {}): void {
    this.langsung = new TanpaJanji(isi, {
      registered: (row) => {
        bunyiYa(this.volume);
        this.#remember(row);
        this.#arrived(row, false, 'langsung');
      },
      failed: (failure) => {
        bunyiTidak(this.volume);
        this.sambungan.report(failure);
      },
    });
    this.#open({ jenis: 'langsung' });
  }

  bukaCari(): void {
    this.#open({ jenis: 'cari' });
  }

  kembali(): void {
    this.#scans += 1;
    this.#unshown = [];
    this.#open({ jenis: 'siap' });
  }

  /** A screen's time is over: what gurus answered meanwhile comes next. */
  #lapse(): void {
    const here = (id: number) => {
      const row = this.#known(id);
      return row !== undefined && diLokasi(row);
    };
    const [next, ...rest] = this.#unshown.filter(here);
    this.kembali();
    this.#unshown = rest;
    if (next !== undefined) this.#showAnswer(next);
  }

  /** The guest waits in the lobby and looks at this screen: it shows the answer by itself. */
  #showAnswer(id: number): void {
    this.#open({ jenis: 'datang', id, sudah: false, asal: 'petugas', pada: jam.kini, jawaban: true });
    this.mundur.start(ANSWER_SECONDS);
  }

  nextVolume(): void {
    const next: Record<Volume, Volume> = { keras: 'pelan', pelan: 'mati', mati: 'keras' };
    this.volume = next[this.volume];
    host.choices.set('bunyi', this.volume);
    bunyiYa(this.volume);
  }

  #begin(): number {
    this.#scans += 1;
    // What the last guest saw is not for the next one, however long the answer takes.
    this.#open({ jenis: 'memeriksa' });
    return this.#scans;
  }

  async #send(request: ScanRequest): Promise<Result<Scan>> {
    const answer = await sendScan(request);
    if (!answer.ok) this.sambungan.report(answer.failure);
    return answer;
  }

  #show(ticket: number, request: ScanRequest, answer: Result<Scan>): void {
    if (answer.ok && answer.data.appointment) this.#remember(answer.data.appointment);
    if (ticket !== this.#scans) return;
    if (!answer.ok) return this.#refuse(ticket, request, answer.failure);
    const { hasil, appointment, pilihan, tamu, ulasan_url } = answer.data;
    bunyiYa(this.volume);
    if (hasil === 'pilih') return this.#open({ jenis: 'pilih', kode: request.kode, pilihan: pilihan ?? [] });
    if (hasil === 'tanpa_janji') return this.bukaLangsung(tamu ? { tamu } : {});
    if (!appointment) return this.#open({ jenis: 'ditolak', alasan: 'lain' });
    if (hasil === 'datang' || hasil === 'sudah_datang') {
      return this.#arrived(appointment, hasil === 'sudah_datang', 'kode');
    }
    const sudah = hasil === 'sudah_selesai';
    const url = ulasan_url ? { ulasan_url } : {};
    this.#open({ jenis: 'pulang', id: appointment.id, sudah, ...url });
  }

  #refuse(ticket: number, request: ScanRequest, failure: Failure): void {
    bunyiTidak(this.volume);
    if (isTrouble(failure)) {
      this.#open({ jenis: 'tertunda', ...request });
      setTimeout(() => void this.#retry(ticket, request), PENDING_EVERY_MS);
      return;
    }
    if (failure.kind === 'signed_out') return this.#open({ jenis: 'siap' });
    const code = codeOf(failure);
    const alasan = PENOLAKAN.includes(code ?? '') ? (code as Penolakan) : 'lain';
    this.#open({ jenis: 'ditolak', alasan });
    if (['bukan_hari_ini', 'sudah_diproses', 'dibatalkan'].includes(alasan)) {
      void this.#explain(ticket, request.kode, alasan);
    }
  }

  /** Under the same key, so that it counts once whatever became of the first one. */
  async #retry(ticket: number, request: ScanRequest): Promise<void> {
    if (ticket !== this.#scans) return;
    const answer = await this.#send(request);
    if (!answer.ok && isTrouble(answer.failure)) {
      setTimeout(() => void this.#retry(ticket, request), PENDING_EVERY_MS);
    } else this.#show(ticket, request, answer);
  }

  /** When and with whom a refused appointment is. */
  async #explain(ticket: number, kode: string, alasan: Penolakan | 'lain'): Promise<void> {
    const looked = await call(client.GET('/api/appointments/qr/{kode}', { params: { path: { kode } } }));
    const shown = this.layar.jenis === 'ditolak' && ticket === this.#scans;
    if (!shown || !looked.ok || !looked.data.appointment) return;
    this.layar = { jenis: 'ditolak', alasan, janji_temu: looked.data.appointment };
  }

  #arrived(row: JanjiTemu, sudah: boolean, asal: Asal): void {
    this.#open({ jenis: 'datang', id: row.id, sudah, asal, pada: jam.kini });
    // A walk-in photographs the code for leaving.
    if (asal === 'langsung') this.mundur.start(45);
  }

  #open(layar: Layar): void {
    this.layar = layar;
    if (layar.jenis !== 'langsung') this.langsung = undefined;
    const seconds = KEMBALI_DETIK[layar.jenis];
    if (seconds) this.mundur.start(seconds);
    else this.mundur.stop();
  }

  /** A newer copy of an appointment, as an event told it. */
  changed(row: JanjiTemu): void {
    const answered = row.tanggapan && row.tanggapan !== this.#known(row.id)?.tanggapan;
    this.#remember(row);
    if (!answered || !diLokasi(row)) return;
    bunyiYa(this.volume);
    if (this.layar.jenis === 'datang' && this.layar.id === row.id) this.mundur.extend(ANSWER_SECONDS);
    else if (this.layar.jenis === 'siap') this.#showAnswer(row.id);
    else this.#unshown = [...this.#unshown.filter((id) => id !== row.id), row.id];
  }

  #remember(row: JanjiTemu): void {
    this.hariIni.merge(row);
    if (!this.#shown || this.#shown.id !== row.id || this.#shown.versi < row.versi) this.#shown = row;
  }

  #known(id: number): JanjiTemu | undefined {
    return this.hariIni.find(id) ?? (this.#shown?.id === id ? this.#shown : undefined);
  }
}

/** The likelier reading first: as typed, or as a scanner set to a US keyboard meant it. */
function candidates({ text, meant }: WedgeScan): string[] {
  if (meant === text) return [text];
  return findToken(meant) && !findToken(text) ? [meant, text] : [text, meant];
}

function isMisread(failure: Failure): boolean {
  return ['format_tidak_valid', 'tanda_tangan_tidak_valid'].includes(codeOf(failure) ?? '');
}
