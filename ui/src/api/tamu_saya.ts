/** What belongs to the signed-in guest. */
import { call, client } from './client';
import { allPages, PAGE } from './pages';
import { json, type UbahTamuSayaRequest } from './requests';
import type { Result } from './result';
import { retrying } from './retry';
import type { DataTamu, JanjiTemu, Erasure } from './types';

/** All own appointments. */
export function listJanjiSaya(): Promise<Result<JanjiTemu[]>> {
  return allPages((halaman) =>
    call(client.GET('/api/tamu/saya', { params: { query: { halaman, ukuran: PAGE } } })),
  );
}

/** What the school keeps about the guest. */
export function getDataSaya(): Promise<Result<DataTamu>> {
  return retrying(() => call(client.GET('/api/tamu/saya/data', {})));
}

/** The same as a text for people. */
export function dataSayaText(): Promise<Result<Blob>> {
  const params = { query: { format: 'txt' as const } };
  return retrying(() =>
    call<{ data?: Blob; error?: unknown; response: Response }>(
      client.GET('/api/tamu/saya/data', { params, parseAs: 'blob' }),
    ),
  );
}

export function updateDataSaya(changes: UbahTamuSayaRequest): Promise<Result<DataTamu>> {
  return retrying(() => call(client.PUT('/api/tamu/saya', json(changes))));
}

export function withdrawConsent(): Promise<Result<DataTamu>> {
  return retrying(() => call(client.POST('/api/tamu/saya/tarik-persetujuan', {})));
}

/** Is not sent again by itself: the first one may have ended the session. */
export function requestErasure(): Promise<Result<Erasure>> {
  return call(client.POST('/api/tamu/saya/hapus', {}));
}

export async function takeErasureBack(): Promise<Result<void>> {
  const taken = await retrying(() => call(client.DELETE('/api/tamu/saya/hapus', {})));
  return taken.ok ? { ok: true, data: undefined } : taken;
}
