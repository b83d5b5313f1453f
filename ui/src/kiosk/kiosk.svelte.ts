/** The front desk: from a code that was read to what everybody sees, and back to the idle screen. */
import { lookAtCode, scan as sendScan } from '../api/janji_temu';
import type { ScanRequest } from '../api/requests';
import { newIdempotencyKey } from '../api/idempotency_key';
import { codeOf, type Failure, type Result } from '../api/result';
import type { JanjiTemu, Kedatangan, Scan } from '../api/types';
import { clock } from '../shared/clock.svelte';
import { isOtherTanggapan, tanggapanOf } from '../shared/tanggapan';
import { Antrean, isWaiting } from './antrean.svelte';
import { CatatanBaca, type Sumber } from './bacaan.svelte';
import { diLokasi, perluPilihan } from './hari_ini.svelte';
import {
  isDisangkal,
  isHasil,
  isJanjiKita,
  isKerja,
  penolakanOf,
  type Alasan,
  type Isi,
  type SebabTakTerbaca,
} from './layar';
import { ask, namaOf, readingOf, type Pindaian } from './pindaian';
import { ParaGuru } from './para_guru.svelte';
import { Sambungan } from './sambungan.svelte';
import { taken_back, Sisipan } from './sisipan.svelte';
import { Suara } from './suara.svelte';
import { Tampilan } from './tampilan.svelte';
import { TanpaJanji } from './tanpa_janji.svelte';
import { Tindakan, type Semula } from './tindakan.svelte';
import type { WedgeScan } from './wedge';

/** For so long after one of ours a foreign code is taken for its neighbour: a payment code beside the guest's own. */
const NEIGHBOUR_MS = 5000;

export class Kiosk extends Tampilan {
  readonly guru = new ParaGuru();
  readonly sambungan = new Sambungan({
    connected: () => {
      void this.hariIni.load();
      void this.guru.load();
    },
    appointment: (row) => this.changed(row),
  });

  /** Codes that wait for the server. */
  readonly antrean = new Antrean({
    send: (request) => this.#send(request),
    settled: (scan, request, answer) => this.#settled(scan, request, answer),
    trouble: (failure) => this.sambungan.report(failure),
  });
  readonly tindakan = new Tindakan({
    moved: (now) => this.#moved(now),
    undone: (before, now, semula) => this.#undone(before, now, semula),
    changed: (row, guru_terhubung) => this.#remember(row, guru_terhubung),
    failed: (failure) => {
      this.sambungan.report(failure);
      this.suara.tidak();
      if (codeOf(failure) === 'transisi_tidak_sah') void this.hariIni.load();
    },
  });
  readonly suara = new Suara();
  readonly bacaan = new CatatanBaca();
  /** What is told beside the screen. */
  readonly sisipan = new Sisipan();
  /** Counts what was read: whatever lies over the screen goes when it changes. */
  dibaca = $state(0);

  /** When a guest's code was last read. */
  #ours_ms = -Infinity;

  start(): void {
    this.sambungan.start();
    const lost = this.antrean.start();
    if (lost > 0) this.sisipan.show({ jenis: 'hilang', banyak: lost });
    void this.hariIni.load();
    void this.guru.load();
  }

  stop(): void {
    this.sambungan.stop();
    this.antrean.stop();
    this.sisipan.clear();
    this.forget();
  }

  /** A code was read by keyboard, camera, picture or the host's scanners. */
  async scan(read: WedgeScan | string, sumber: Sumber = 'ketik'): Promise<void> {
    const scan = readingOf(read, clock.now);
    if (scan === 'terpotong') this.takTerbaca('terpotong', sumber);
    else if (scan === 'asing') this.#foreign(sumber);
    else await this.#ours(scan, sumber);
  }

  async #ours(scan: Pindaian, sumber: Sumber): Promise<void> {
    this.bacaan.terbaca(sumber);
    this.#ours_ms = performance.now();
    this.suara.baca();
    const ticket = this.#begin();
    if (this.antrean.content.length > 0) {
      this.#wait(ticket, scan);
      return;
    }
    const { request, answer } = await ask(scan, (wanted) => this.#send(wanted));
    this.#show(ticket, scan, request.kode, answer);
  }

  /** Something was held to a reader, and gave nothing that could be asked about. */
  takTerbaca(sebab: SebabTakTerbaca, sumber: Sumber, beside = false): void {
    this.bacaan.failure(sumber, sebab);
    this.suara.tidak();
    if (beside || isKerja(this.screen)) {
      this.sisipan.show({ jenis: 'tak_terbaca', sebab });
      return;
    }
    this.dibaca += 1;
    // Whatever is on its way is remembered, and not shown to who stands here now.
    this.giliran += 1;
    this.open({ jenis: 'tak_terbaca', sebab });
  }

  /** A stranger's code: it takes no guest off the screen, and is told beside one. */
  #foreign(sumber: Sumber): void {
    this.bacaan.terbaca(sumber);
    const stays = isHasil(this.screen) || isKerja(this.screen) || this.screen.jenis === 'memeriksa';
    const is_neighbour = performance.now() - this.#ours_ms < NEIGHBOUR_MS;
    // The neighbour in a guest's own picture is no mistake of theirs.
    if (!stays || !is_neighbour) this.suara.tidak();
    if (stays) {
      this.sisipan.show({ jenis: 'asing' });
      return;
    }
    this.dibaca += 1;
    this.open({ jenis: 'ditolak', alasan: 'format_tidak_valid' });
  }

  /** After `choose`: which of the guest's appointments. */
  async choose(kode: string, id_janji_temu: number): Promise<void> {
    const ticket = this.#begin();
    const scan = { kode, kunci: newIdempotencyKey(), id_janji_temu, pada: clock.now };
    const { answer } = await ask(scan, (wanted) => this.#send(wanted));
    this.#show(ticket, scan, kode, answer);
  }

  /** Where a visit stands after somebody moved it by hand. */
  #moved(now: Kedatangan): void {
    const { id, status } = now;
    this.#remember(now, now.guru_terhubung);
    if (status === 'batal' || status === 'tidak hadir') this.suara.baca();
    else this.suara.ya();
    if (status === 'selesai') this.left(id, false);
    else if (status === 'menunggu') this.arrived(now, 'petugas');
    else this.tinggalkan(id);
  }

  /** What was taken back is said, and is on no screen any more; who waits again is, unless the staff work in the book. */
  #undone(before: JanjiTemu, now: Kedatangan, semula?: Semula): void {
    const again = semula === 'gagal' ? undefined : (semula ?? (diLokasi(now) ? now : undefined));
    this.#remember(now, now.guru_terhubung);
    if (again) this.#remember(again);
    this.suara.baca();
    this.sisipan.show(taken_back(before, now, semula));
    if (!again || isKerja(this.screen)) return this.tinggalkan(now.id);
    this.arrived(again, 'urung');
  }

  bukaLangsung(content: Isi = {}): void {
    const form = new TanpaJanji(content, {
      registered: (row) => {
        if (content.ganti && content.janji_temu) void this.tindakan.close(content.janji_temu.id, row.id);
        this.suara.ya();
        this.#remember(row, row.guru_terhubung);
        this.arrived(row, 'langsung');
      },
      failed: (failure) => {
        this.suara.tidak();
        this.sambungan.report(failure);
      },
    });
    this.openForm(form);
  }

  #begin(): number {
    this.giliran += 1;
    this.dibaca += 1;
    this.sisipan.next();
    this.openChecking();
    return this.giliran;
  }

  /** What the answer tells is remembered, whoever stands here when it comes. */
  async #send(request: ScanRequest): Promise<Result<Scan>> {
    const answer = await sendScan(request);
    if (!answer.ok) this.sambungan.report(answer.failure);
    else if (answer.data.appointment) this.#remember(answer.data.appointment, answer.data.guru_terhubung);
    return answer;
  }

  /** `kode`: the reading that was answered. */
  #show(ticket: number, scan: Pindaian, kode: string, answer: Result<Scan>): void {
    if (!answer.ok && isWaiting(answer.failure)) return this.#wait(ticket, scan);
    if (ticket !== this.giliran) {
      const came = answer.ok && answer.data.hasil === 'datang' && answer.data.appointment;
      if (came) this.cameUnseen(came.id);
      return;
    }
    if (!answer.ok) return this.#refuse(ticket, kode, answer.failure);
    const { hasil, appointment, pilihan, tamu, ulasan_url } = answer.data;
    // What records nothing says no yes: a question and a form have the tap of the reading alone.
    if (hasil === 'pilih') return this.open({ jenis: 'pilih', kode, pilihan: pilihan ?? [] });
    if (hasil === 'tanpa_janji') return this.bukaLangsung(tamu ? { tamu } : {});
    if (!appointment) return this.open({ jenis: 'ditolak', alasan: 'lain' });
    if (hasil === 'sudah_datang') return this.#again(appointment);
    if (hasil !== 'sudah_selesai') this.suara.ya();
    if (hasil === 'datang') return this.arrived(appointment, 'kode');
    this.left(appointment.id, hasil === 'sudah_selesai', ulasan_url ?? undefined);
  }

  /** Scanned once more: asked whether they have met, unless the guru has said that they cannot. */
  #again(row: JanjiTemu): void {
    if (perluPilihan(row)) this.masihMenunggu(row.id);
    else this.open({ jenis: 'sudah_datang', id: row.id });
  }

  /** It is kept until it has gone through, whoever comes next. */
  #wait(ticket: number, scan: Pindaian): void {
    const { kunci } = this.antrean.add(scan);
    if (ticket !== this.giliran) return;
    this.suara.tidak();
    this.open({ jenis: 'tertunda', kunci });
  }

  /** A code that waited has gone through, or was refused. */
  #settled(scan: Pindaian, { kode }: ScanRequest, answer: Result<Scan>): void {
    const { screen } = this;
    if (screen.jenis === 'tertunda' && screen.kunci === scan.kunci) {
      this.#show((this.giliran += 1), scan, kode, answer);
      return;
    }
    if (answer.ok && ['datang', 'pulang'].includes(answer.data.hasil)) this.suara.ya();
    else this.suara.tidak();
    this.sisipan.show({
      jenis: 'tersusul',
      pada: scan.pada,
      hasil: answer.ok ? answer.data.hasil : 'ditolak',
      nama: answer.ok ? namaOf(answer.data) : undefined,
    });
  }

  #refuse(ticket: number, kode: string, failure: Failure): void {
    this.suara.tidak();
    const alasan = penolakanOf(codeOf(failure));
    this.open({ jenis: 'ditolak', alasan });
    if (isJanjiKita(alasan)) void this.#explain(ticket, kode, alasan);
  }

  /** When and with whom a refused appointment is. */
  async #explain(ticket: number, kode: string, alasan: Alasan): Promise<void> {
    const looked = await lookAtCode(kode);
    const shown = this.screen.jenis === 'ditolak' && ticket === this.giliran;
    if (!shown || !looked.ok || !looked.data.appointment) return;
    this.screen = { jenis: 'ditolak', alasan, janji_temu: looked.data.appointment };
  }

  /** A newer copy of an appointment, as an event told it. */
  changed(row: JanjiTemu): void {
    const answered = isOtherTanggapan(this.hariIni.find(row.id), row);
    this.#remember(row);
    const known = this.hariIni.find(row.id);
    if (known && isDisangkal(this.screen, known)) return this.kembali();
    if (!answered || !diLokasi(row)) return;
    this.suara.tanggapan(tanggapanOf(row)?.jenis);
    this.answered(row.id);
  }

  #remember(row: JanjiTemu, guru_terhubung?: boolean | null): void {
    if (typeof guru_terhubung === 'boolean') this.sambungan.told(row.id_guru, guru_terhubung);
    this.hariIni.remember(row);
  }
}
