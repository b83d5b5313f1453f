/** A guest's visit by its code. Whoever holds the code may do all of this, without a session. */
import { call, client } from './client';
import { json, type SurveiRequest } from './requests';
import type { Result } from './result';
import { retrying } from './retry';
import type { Kunjungan } from './types';

const by = (kode: string) => ({ params: { path: { kode } } });

export function getKunjungan(kode: string): Promise<Result<Kunjungan>> {
  return call(client.GET('/api/kunjungan/{kode}', by(kode)));
}

/** The guest cannot come. */
export function cancelKunjungan(kode: string, alasan: string): Promise<Result<Kunjungan>> {
  const body = alasan.trim() ? { alasan: alasan.trim() } : {};
  return retrying(() => call(client.POST('/api/kunjungan/{kode}/batal', { ...by(kode), ...json(body) })));
}

/** The guest agrees to this version of the school's text. */
export function agree(kode: string, versi: string): Promise<Result<Kunjungan>> {
  return retrying(() =>
    call(client.POST('/api/kunjungan/{kode}/setuju', { ...by(kode), ...json({ versi }) })),
  );
}

export async function sendSurvei(kode: string, answers: SurveiRequest): Promise<Result<void>> {
  const sent = await retrying(() =>
    call(client.POST('/api/kunjungan/{kode}/survei', { ...by(kode), ...json(answers) })),
  );
  return sent.ok ? { ok: true, data: undefined } : sent;
}

/** Where the visit's calendar entry is. */
export function calendarUrl(kode: string): string {
  return `/api/kunjungan/${kode}/kalender.ics`;
}
