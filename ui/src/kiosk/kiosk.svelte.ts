/** The front desk: from a code that was read to what is on screen. */
import { lookAtCode, scan as sendScan } from '../api/janji_temu';
import type { ScanRequest } from '../api/requests';
import { newIdempotencyKey } from '../api/idempotency_key';
import { codeOf, type Failure, type Result } from '../api/result';
import type { JanjiTemu, Kedatangan, Scan } from '../api/types';
import { clock } from '../shared/clock.svelte';
import { EvakuasiList } from '../shared/evakuasi/evakuasi.svelte';
import { isOtherTanggapan, tanggapanOf } from '../shared/tanggapan';
import { ScanQueue, isWaiting, isWritten } from './scan_queue.svelte';
import { ReaderLog, type ReadSource } from './reader_log.svelte';
import { isOnSite, needsChoice } from './today.svelte';
import {
  isContradicted,
  showsKunjungan,
  isOurJanjiTemu,
  isStaffWork,
  penolakanOf,
  type RefusedReason,
  type Prefill,
  type UnreadableReason,
} from './screen';
import { ask, nameOf, readingOf, type PendingScan } from './pending_scan';
import { KnownGurus } from './known_gurus.svelte';
import { DeskConnection } from './connection.svelte';
import { undoneNotice, SideNotices } from './side_notices.svelte';
import { DeskSound } from './desk_sound.svelte';
import { DeskScreen } from './desk_screen.svelte';
import { WalkInForm } from './walk_in_form.svelte';
import { KunjunganMoves, type Restored } from './kunjungan_moves.svelte';
import type { WedgeScan } from './wedge';

/** A foreign code this soon after a guest's is its neighbour, as a payment code in the same picture. */
const NEIGHBOUR_MS = 5000;

export class Kiosk extends DeskScreen {
  readonly guru = new KnownGurus();
  readonly connection = new DeskConnection({
    outdated: () => {
      void this.today.load();
      void this.guru.load();
    },
    appointment: (row) => this.changed(row),
    caughtUp: () => void this.#believe(),
    told: (update) => this.evakuasi.take(update),
    behind: (id) => this.guru.behind(id),
  });
  readonly evakuasi = new EvakuasiList();

  /** Codes that wait for the server. */
  readonly queue = new ScanQueue({
    send: (request) => this.#send(request),
    settled: (scan, request, answer) => this.#settled(scan, request, answer),
    trouble: (failure) => this.connection.report(failure),
  });
  readonly moves = new KunjunganMoves({
    moved: (now) => this.#moved(now),
    undone: (before, now, restored) => this.#undone(before, now, restored),
    changed: (row, guru_terhubung) => this.#remember(row, guru_terhubung),
    failed: (failure) => {
      this.connection.report(failure);
      this.sound.no();
      if (codeOf(failure) === 'transisi_tidak_sah') void this.today.load();
    },
  });
  readonly sound = new DeskSound();
  readonly reader_log = new ReaderLog();
  /** Notices beside the screen. */
  readonly side_notices = new SideNotices();
  /** Counts reads. Open dialogs close when it changes. */
  read_count = $state(0);

  /** When a guest's code was last read. */
  #ours_ms = -Infinity;

  start(): void {
    this.connection.start();
    const lost = this.queue.start();
    if (lost > 0) this.side_notices.show({ jenis: 'hilang', count: lost });
    void this.today.load();
    void this.guru.load();
  }

  stop(): void {
    this.connection.stop();
    this.queue.stop();
    this.side_notices.clear();
    this.evakuasi.forget();
    this.forget();
  }

  /** A code was read by keyboard, camera, picture or the host's scanners. */
  async scan(read: WedgeScan | string, sumber: ReadSource = 'ketik'): Promise<void> {
    const scan = readingOf(read, clock.now);
    if (scan === 'terpotong') this.unreadable('terpotong', sumber);
    else if (scan === 'asing') this.#foreign(sumber);
    else await this.#ours(scan, sumber);
  }

  async #ours(scan: PendingScan, sumber: ReadSource): Promise<void> {
    this.reader_log.wasRead(sumber);
    this.#ours_ms = performance.now();
    this.sound.read();
    const ticket = this.#begin();
    if (this.queue.scans.length > 0) {
      this.#wait(ticket, scan);
      return;
    }
    const { request, answer } = await ask(scan, (wanted) => this.#send(wanted));
    this.#show(ticket, scan, request.kode, answer);
  }

  /** Something was held to a reader, but gave no code. */
  unreadable(reason: UnreadableReason, sumber: ReadSource, beside = false): void {
    this.reader_log.failure(sumber, reason);
    this.sound.no();
    if (beside || isStaffWork(this.screen)) {
      this.side_notices.show({ jenis: 'tak_terbaca', reason });
      return;
    }
    this.read_count += 1;
    // An answer that is still on its way must not show on this screen.
    this.turn += 1;
    this.open({ jenis: 'tak_terbaca', reason });
  }

  /** A stranger's code. It is told beside the screen if a guest is on it. */
  #foreign(sumber: ReadSource): void {
    this.reader_log.wasRead(sumber);
    const stays =
      showsKunjungan(this.screen) || isStaffWork(this.screen) || this.screen.jenis === 'memeriksa';
    const is_neighbour = performance.now() - this.#ours_ms < NEIGHBOUR_MS;
    // The neighbour of a guest's code is nobody's mistake, so it makes no sound.
    if (!stays || !is_neighbour) this.sound.no();
    if (stays) {
      this.side_notices.show({ jenis: 'asing' });
      return;
    }
    this.read_count += 1;
    this.open({ jenis: 'ditolak', alasan: 'format_tidak_valid' });
  }

  /** After `pilih`: which of the guest's appointments. */
  async choose(kode: string, id_janji_temu: number): Promise<void> {
    const ticket = this.#begin();
    const scan = { kode, kunci: newIdempotencyKey(), id_janji_temu, pada: clock.now };
    const { answer } = await ask(scan, (wanted) => this.#send(wanted));
    this.#show(ticket, scan, kode, answer);
  }

  /** Shows a visit after somebody moved it by hand. */
  #moved(now: Kedatangan): void {
    const { id, status } = now;
    this.#remember(now, now.guru_terhubung);
    if (status === 'batal' || status === 'tidak hadir') this.sound.read();
    else this.sound.yes();
    if (status === 'selesai') this.left(id, false);
    else if (status === 'menunggu') this.arrived(now, 'petugas');
    else this.leave(id);
  }

  /**
   * Tells that something was taken back, and closes its screen. A guest who waits again is shown, unless
   * staff work in the book.
   */
  #undone(before: JanjiTemu, now: Kedatangan, restored?: Restored): void {
    const again = restored === 'gagal' ? undefined : (restored ?? (isOnSite(now) ? now : undefined));
    this.#remember(now, now.guru_terhubung);
    if (again) this.#remember(again);
    this.sound.read();
    this.side_notices.show(undoneNotice(before, now, restored));
    if (!again || isStaffWork(this.screen)) return this.leave(now.id);
    this.arrived(again, 'urung');
  }

  openWalkIn(prefill: Prefill = {}): void {
    const form = new WalkInForm(prefill, {
      registered: (row) => {
        if (prefill.replaces && prefill.janji_temu) void this.moves.close(prefill.janji_temu.id, row.id);
        this.sound.yes();
        this.#remember(row, row.guru_terhubung);
        this.arrived(row, 'langsung');
      },
      failed: (failure) => {
        this.sound.no();
        this.connection.report(failure);
      },
    });
    this.openForm(form);
  }

  #begin(): number {
    this.turn += 1;
    this.read_count += 1;
    this.side_notices.next();
    this.openChecking();
    return this.turn;
  }

  /** Sends a scan and remembers what the answer tells, whatever is on screen then. */
  async #send(request: ScanRequest): Promise<Result<Scan>> {
    const answer = await sendScan(request);
    if (!answer.ok) this.connection.report(answer.failure);
    else if (answer.data.appointment) this.#remember(answer.data.appointment, answer.data.guru_terhubung);
    return answer;
  }

  /** Takes from the server how visits stand that this desk has told of by itself. */
  async #believe(): Promise<void> {
    await this.today.renew();
    if (!('id' in this.screen)) return;
    const row = this.today.find(this.screen.id);
    if (!row || isContradicted(this.screen, row)) this.goBack();
  }

  /** `kode`: the reading that was answered. */
  #show(ticket: number, scan: PendingScan, kode: string, answer: Result<Scan>): void {
    if (!answer.ok && isWaiting(answer.failure)) return this.#wait(ticket, scan);
    if (!answer.ok && isWritten(answer.failure)) return this.#written(ticket, scan);
    if (ticket !== this.turn) {
      const came = answer.ok && answer.data.hasil === 'datang' && answer.data.appointment;
      if (came) this.cameUnseen(came.id);
      return;
    }
    if (!answer.ok) return this.#refuse(ticket, kode, answer.failure);
    const { hasil, appointment, pilihan, tamu, ulasan_url } = answer.data;
    // What records nothing does not sound yes: a question and a form are silent.
    if (hasil === 'pilih') return this.open({ jenis: 'pilih', kode, pilihan: pilihan ?? [] });
    if (hasil === 'tanpa_janji') return this.openWalkIn(tamu ? { tamu } : {});
    if (!appointment) return this.open({ jenis: 'ditolak', alasan: 'lain' });
    if (hasil === 'sudah_datang') return this.#again(appointment);
    if (hasil !== 'sudah_selesai') this.sound.yes();
    if (hasil === 'datang') return this.arrived(appointment, 'kode');
    this.left(appointment.id, hasil === 'sudah_selesai', ulasan_url ?? undefined);
  }

  /** A guest scanned once more is asked whether they have met, unless the guru cannot meet. */
  #again(row: JanjiTemu): void {
    if (needsChoice(row)) this.stillWaiting(row.id);
    else this.open({ jenis: 'sudah_datang', id: row.id });
  }

  /** Keeps the scan until it has gone through. */
  #wait(ticket: number, scan: PendingScan): void {
    const { kunci } = this.queue.add(scan);
    if (ticket !== this.turn) return;
    this.sound.no();
    this.open({ jenis: 'tertunda', kunci });
  }

  /** The desk's program has written the code down, and the server says later what it meant. */
  #written(ticket: number, { kunci }: PendingScan): void {
    if (ticket !== this.turn) return;
    this.sound.no();
    this.open({ jenis: 'tertunda', kunci });
  }

  /** A code that waited has gone through, or was refused. */
  #settled(scan: PendingScan, { kode }: ScanRequest, answer: Result<Scan>): void {
    const { screen } = this;
    if (screen.jenis === 'tertunda' && screen.kunci === scan.kunci) {
      this.#show((this.turn += 1), scan, kode, answer);
      return;
    }
    if (!answer.ok && isWritten(answer.failure)) return;
    if (answer.ok && ['datang', 'pulang'].includes(answer.data.hasil)) this.sound.yes();
    else this.sound.no();
    this.side_notices.show({
      jenis: 'tersusul',
      pada: scan.pada,
      hasil: answer.ok ? answer.data.hasil : 'ditolak',
      nama: answer.ok ? nameOf(answer.data) : undefined,
    });
  }

  #refuse(ticket: number, kode: string, failure: Failure): void {
    this.sound.no();
    const alasan = penolakanOf(codeOf(failure));
    this.open({ jenis: 'ditolak', alasan });
    if (isOurJanjiTemu(alasan)) void this.#explain(ticket, kode, alasan);
  }

  /** Looks up when and with whom a refused appointment is. */
  async #explain(ticket: number, kode: string, alasan: RefusedReason): Promise<void> {
    const looked = await lookAtCode(kode);
    const shown = this.screen.jenis === 'ditolak' && ticket === this.turn;
    if (!shown || !looked.ok || !looked.data.appointment) return;
    this.screen = { jenis: 'ditolak', alasan, janji_temu: looked.data.appointment };
  }

  /** Takes a newer copy of an appointment from an event. */
  changed(row: JanjiTemu): void {
    const answered = isOtherTanggapan(this.today.find(row.id), row);
    this.#remember(row);
    const known = this.today.find(row.id);
    if (known && isContradicted(this.screen, known)) return this.goBack();
    if (!answered || !isOnSite(row)) return;
    this.sound.tanggapan(tanggapanOf(row)?.jenis);
    this.answered(row.id);
  }

  #remember(row: JanjiTemu, guru_terhubung?: boolean | null): void {
    if (typeof guru_terhubung === 'boolean') this.connection.told(row.id_guru, guru_terhubung);
    this.today.remember(row);
  }
}
