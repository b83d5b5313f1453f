/** Appointments: today's, a code, a guest without one, another time, a move by hand. */
import { call, client } from './client';
import { allPages, PAGE } from './pages';
import type { Result } from './result';
import { retrying } from './retry';
import {
  json,
  type JadwalRequest,
  type JanjiTemuRequest,
  type KoreksiRequest,
  type ScanRequest,
  type StatusRequest,
  type WalkInRequest,
} from './requests';
import type {
  DaftarJanjiTemu,
  JanjiTemu,
  JanjiTemuBaru,
  JanjiTemuSeri,
  Jenis,
  Kedatangan,
  Scan,
  Status,
  Verifikasi,
} from './types';

type SingleRequest = Omit<JanjiTemuRequest, 'ulang' | 'tamu_lain'>;

/** All of today's, in order of time. */
export function listToday(): Promise<Result<JanjiTemu[]>> {
  return allPages((halaman) => {
    const query = { halaman, ukuran: PAGE };
    return call(client.GET('/api/appointments/today', { params: { query } }));
  });
}

/** Records an arrival or a departure, or tells what was recorded before. */
export function scan(body: ScanRequest): Promise<Result<Scan>> {
  return retrying(() => call(client.POST('/api/appointments/scan', json(body))));
}

/** What a code stands for; changes nothing. */
export function lookAtCode(kode: string): Promise<Result<Verifikasi>> {
  return call(client.GET('/api/appointments/qr/{kode}', { params: { path: { kode } } }));
}

/** Registers a guest without an appointment. */
export function walkIn(body: WalkInRequest): Promise<Result<Kedatangan>> {
  return retrying(() => call(client.POST('/api/appointments/walk-in', json(body))));
}

/** Moves an appointment by hand. Asking for its present status is no error. */
export function updateStatus(id: number, status: Status, alasan?: string): Promise<Result<Kedatangan>> {
  const params = { path: { id } };
  const body: StatusRequest = alasan === undefined ? { status } : { status, alasan };
  return retrying(() => call(client.PUT('/api/appointments/{id}/status', { params, ...json(body) })));
}

/** The visit's code as the server draws it. */
export function qrSvg(id: number): Promise<Result<string>> {
  const params = { path: { id } };
  return retrying(() =>
    call<{ data?: string; error?: unknown; response: Response }>(
      client.GET('/api/appointments/{id}/qr.svg', { params, parseAs: 'text' }),
    ),
  );
}

/** Days are YYYY-MM-DD, both included. */
export type JanjiTemuFilter = {
  dari?: string;
  sampai?: string;
  status?: string;
  q?: string;
  id_guru?: number;
  id_tamu?: number;
  jenis?: Jenis;
  /** By scheduled time, or the newest first. */
  urut?: 'jadwal' | '-jadwal';
  /** Answer `per_status` too. */
  hitung?: boolean;
};

/** One page by scheduled time; a guru's are only their own. */
export function listJanjiTemu(
  filter: JanjiTemuFilter,
  halaman = 1,
  ukuran = PAGE,
): Promise<Result<DaftarJanjiTemu>> {
  const query = { ...filter, halaman, ukuran };
  return call(client.GET('/api/appointments', { params: { query } }));
}

/** All appointments of these days. */
export function listDays(dari: string, sampai: string): Promise<Result<JanjiTemu[]>> {
  return allPages((halaman) => listJanjiTemu({ dari, sampai }, halaman));
}

/** All appointments with a guru or unit that nobody has come to yet, from this day on. */
export function listUpcoming(id_guru: number, dari: string): Promise<Result<JanjiTemu[]>> {
  return allPages((halaman) => listJanjiTemu({ id_guru, dari, status: 'belum' }, halaman));
}

export function getJanjiTemu(id: number): Promise<Result<JanjiTemu>> {
  return call(client.GET('/api/appointments/{id}', { params: { path: { id } } }));
}

/** Makes an appointment and its code. */
export function createJanjiTemu(body: SingleRequest): Promise<Result<JanjiTemuBaru>> {
  return create<JanjiTemuBaru>(body);
}

/** Makes an appointment for each guest and each week, and tells which days were left out. */
export function createSeries(body: JanjiTemuRequest): Promise<Result<JanjiTemuSeri>> {
  return create<JanjiTemuSeri>(body);
}

/** With a series or other guests the answer is a list, and otherwise the one appointment. */
function create<Made extends JanjiTemuBaru | JanjiTemuSeri>(body: JanjiTemuRequest): Promise<Result<Made>> {
  type Answer = { data?: Made; error?: unknown; response: Response };
  return retrying(() => call<Answer>(client.POST('/api/appointments', json(body)) as Promise<Answer>));
}

/** Gives an appointment another time. Asking for its present time is no error. */
export function reschedule(id: number, body: JadwalRequest): Promise<Result<JanjiTemuBaru>> {
  const params = { path: { id } };
  return retrying(() => call(client.PUT('/api/appointments/{id}/schedule', { params, ...json(body) })));
}

/** The invitation as a picture: code, guest, day and time, whom, place. */
export function tiketPng(id: number, bahasa: 'id' | 'en'): Promise<Result<Blob>> {
  const params = { path: { id }, query: { bahasa } };
  return retrying(() =>
    call<{ data?: Blob; error?: unknown; response: Response }>(
      client.GET('/api/appointments/{id}/tiket.png', { params, parseAs: 'blob' }),
    ),
  );
}

/** Corrects what was entered with one visit. */
export function updateJanjiTemu(id: number, body: KoreksiRequest): Promise<Result<JanjiTemu>> {
  const params = { path: { id } };
  return retrying(() => call(client.PUT('/api/appointments/{id}', { params, ...json(body) })));
}

/** Alerts the guru of an arrival once more. The server refuses it within half a minute of the last alert. */
export function alertAgain(id: number): Promise<Result<Kedatangan>> {
  const params = { path: { id } };
  return call(client.POST('/api/appointments/{id}/beri-tahu', { params }));
}
