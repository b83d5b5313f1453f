/**
 * Codes that were read while the server was away. This PC keeps them over restarts, and sends each once, in
 * order.
 */
import { codeOf, isTrouble, type Failure, type Result } from '../api/result';
import type { ScanRequest } from '../api/requests';
import type { Scan } from '../api/types';
import { host } from '../host';
import { isoDate } from '../i18n/format';
import { clock } from '../shared/clock.svelte';
import { ask, type PendingScan } from './pending_scan';

const KEPT = 'antrean';
const EVERY_MS = 3000;

type Listener = {
  send(request: ScanRequest): Promise<Result<Scan>>;
  /** It went through, or was refused. */
  settled(scan: PendingScan, request: ScanRequest, answer: Result<Scan>): void;
  trouble(failure: Failure): void;
};

export class ScanQueue {
  /** The oldest first. */
  scans = $state.raw<PendingScan[]>([]);
  #running = false;
  #sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: Listener) {}

  /**
   * Sends what was kept, once somebody is signed in. Returns how many were dropped because they are of
   * another day.
   */
  start(): number {
    this.#running = true;
    const kept = read();
    this.scans = kept.filter(({ pada }) => isoDate(pada) === isoDate(clock.now));
    this.#keep();
    if (this.scans.length > 0) void this.#send();
    return kept.length - this.scans.length;
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    this.scans = [];
  }

  /** Adds a scan. Returns the waiting one if the same code was read before. */
  add(scan: PendingScan): PendingScan {
    // This may come after the desk was closed. What was kept must not be lost then.
    const waiting = this.#running ? this.scans : read();
    const same = waiting.find(
      ({ kode, id_janji_temu }) => kode === scan.kode && id_janji_temu === scan.id_janji_temu,
    );
    if (same) return same;
    this.scans = [...waiting, scan];
    this.#keep();
    this.#later();
    return scan;
  }

  /** Ends the wait between two attempts. */
  retryNow(): void {
    if (this.scans.length > 0) void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    for (let scan = this.#next(); scan; scan = this.#next()) {
      const { request, answer } = await ask(scan, (wanted) => this.listener.send(wanted));
      if (!answer.ok && isWaiting(answer.failure)) {
        this.listener.trouble(answer.failure);
        break;
      }
      const { kunci } = scan;
      this.scans = this.scans.filter((waiting) => waiting.kunci !== kunci);
      if (this.#running) this.#keep();
      this.listener.settled(scan, request, answer);
    }
    this.#sending = false;
    this.#later();
  }

  #next(): PendingScan | undefined {
    return this.#running ? this.scans[0] : undefined;
  }

  #later(): void {
    clearTimeout(this.#timer);
    if (this.#running && this.scans.length > 0) this.#timer = setTimeout(() => void this.#send(), EVERY_MS);
  }

  #keep(): void {
    host.choices.set(KEPT, JSON.stringify(this.scans));
  }
}

/** Whether the failure says nothing of the code, so that it is sent again later. */
export function isWaiting(failure: Failure): boolean {
  const is_busy = failure.kind === 'problem' && failure.problem.status === 429;
  return isTrouble(failure) || failure.kind === 'signed_out' || is_busy;
}

/** Whether the desk's program keeps the code, and sends it by itself. */
export function isWritten(failure: Failure): boolean {
  return codeOf(failure) === 'menunggu_sambungan';
}

function read(): PendingScan[] {
  try {
    const kept: unknown = JSON.parse(host.choices.get(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isScan) : [];
  } catch {
    return [];
  }
}

/** Whether it has the present form. An older version of this page may have written another. */
function isScan(value: unknown): value is PendingScan {
  if (typeof value !== 'object' || value === null) return false;
  const { kode, kunci, pada } = value as Partial<Record<keyof PendingScan, unknown>>;
  return typeof kode === 'string' && typeof kunci === 'string' && typeof pada === 'number';
}
