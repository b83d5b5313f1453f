/** Appointments: today's, a code, a guest without one, a move by hand. */
import { call, client } from './client';
import { type Result } from './result';
import { retrying } from './retry';
import { json, type ScanRequest, type StatusRequest, type WalkInRequest } from './requests';
import type { JanjiTemu, Scan, Status } from './types';

const PAGE = 200;

/** All of today's, in order of time. */
export async function listToday(): Promise<Result<JanjiTemu[]>> {
  const rows: JanjiTemu[] = [];
  for (let halaman = 1; ; halaman += 1) {
    const query = { halaman, ukuran: PAGE };
    const page = await call(client.GET('/api/appointments/today', { params: { query } }));
    if (!page.ok) return page;
    rows.push(...page.data.data);
    if (rows.length >= page.data.total || page.data.data.length === 0) return { ok: true, data: rows };
  }
}

/** Arrives, leaves, or says what was before. */
export function scan(body: ScanRequest): Promise<Result<Scan>> {
  return retrying(() => call(client.POST('/api/appointments/scan', json(body))));
}

/** Registers a guest without an appointment. */
export function walkIn(body: WalkInRequest): Promise<Result<JanjiTemu>> {
  return retrying(() => call(client.POST('/api/appointments/walk-in', json(body))));
}

/** Moves an appointment by hand; asking for where it stands already is no error. */
export function updateStatus(id: number, status: Status, alasan?: string): Promise<Result<JanjiTemu>> {
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
