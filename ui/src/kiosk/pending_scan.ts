/**
 * A code on its way to the server, with its possible readings. Each has its own key, so that it counts
 * once.
 */
import { newIdempotencyKey } from '../api/idempotency_key';
import type { ScanRequest } from '../api/requests';
import { codeOf, type Failure, type Result } from '../api/result';
import type { Scan } from '../api/types';
import { tamuName } from '../shared/names';
import { shapeOf, type CodeShape } from './code_shape';
import type { WedgeScan } from './wedge';

type Reading = { kode: string; kunci: string };

export type PendingScan = Reading & {
  /** The same keys on another keyboard layout. */
  lain?: Reading;
  /** After `pilih`: which of the guest's appointments. */
  id_janji_temu?: number;
  /** When it was read, by the server's clock. */
  pada: number;
};

/** A code with its readings, the likelier first, or what else the text looks like. */
export function readingOf(read: WedgeScan | string, pada: number): PendingScan | Exclude<CodeShape, 'kode'> {
  const texts = typeof read === 'string' ? [read] : [read.text, read.meant];
  const [first, second] = [...new Set(texts)].filter((text) => shapeOf(text) === 'kode');
  if (first === undefined) return texts.some((text) => shapeOf(text) === 'terpotong') ? 'terpotong' : 'asing';
  const readingUnder = (kode: string) => ({ kode, kunci: newIdempotencyKey() });
  return { ...readingUnder(first), pada, ...(second === undefined ? {} : { lain: readingUnder(second) }) };
}

/** The answer to the reading that is ours, and its request. If neither is, the likelier one's. */
export async function ask(
  { kode, kunci, lain: other, id_janji_temu }: PendingScan,
  send: (request: ScanRequest) => Promise<Result<Scan>>,
): Promise<{ request: ScanRequest; answer: Result<Scan> }> {
  const request = { kode, kunci, ...(id_janji_temu === undefined ? {} : { id_janji_temu }) };
  const answer = await send(request);
  if (!other || !isMisread(answer)) return { request, answer };
  const second = await send(other);
  return isMisread(second) ? { request, answer } : { request: other, answer: second };
}

function isMisread(answer: Result<Scan>): boolean {
  const misread = (failure: Failure) =>
    ['format_tidak_valid', 'tanda_tangan_tidak_valid'].includes(codeOf(failure) ?? '');
  return !answer.ok && misread(answer.failure);
}

/** The name of the guest, if the answer tells it. */
export function nameOf({ appointment, tamu }: Scan): string | undefined {
  return appointment ? tamuName(appointment) : tamu?.nama;
}
