/** A guest's visit by its code. Whoever holds the code may do all of this, without a session. */
import { call, tamu_client } from './client';
import { json } from './requests';
import { codeOf, type Failure, type Result } from './result';
import { retrying } from './retry';
import type { Kunjungan, SurveiRequest, TamuErrorCode } from './tamu_paths';

const by = (token: string) => ({ params: { path: { token } } });

export function getKunjungan(kode: string): Promise<Result<Kunjungan>> {
  return call(tamu_client.GET('/api/kunjungan/{token}', by(kode)));
}

/** The guest cannot come. */
export function cancelKunjungan(kode: string, alasan: string): Promise<Result<Kunjungan>> {
  const body = alasan.trim() ? { alasan: alasan.trim() } : {};
  return retrying(() =>
    call(tamu_client.POST('/api/kunjungan/{token}/batal', { ...by(kode), ...json(body) })),
  );
}

/** The guest agrees to this version of the school's text. */
export function agree(kode: string, versi: string): Promise<Result<Kunjungan>> {
  return retrying(() =>
    call(tamu_client.POST('/api/kunjungan/{token}/setuju', { ...by(kode), ...json({ versi }) })),
  );
}

export async function sendSurvei(kode: string, answers: SurveiRequest): Promise<Result<void>> {
  const sent = await retrying(() =>
    call(tamu_client.POST('/api/kunjungan/{token}/survei', { ...by(kode), ...json(answers) })),
  );
  return sent.ok ? { ok: true, data: undefined } : sent;
}

/** Where the visit's calendar entry is. */
export function calendarUrl(kode: string): string {
  return `/api/kunjungan/${kode}/kalender.ics`;
}

/** The problem's code, with those that are new. */
export function tamuCodeOf(failure: Failure): TamuErrorCode | undefined {
  return codeOf(failure);
}
