/** Reports of visits, as figures and as files. */
import { call, client } from './client';
import {
  type FileLanguage,
  type Ekspor,
  type Laporan,
  type ReportFormat,
  type SetelanLaporan,
} from './types';
import { json } from './requests';
import type { Result } from './result';
import { retrying } from './retry';

/** What a report is about; days YYYY-MM-DD, months YYYY-MM, both ends included. */
export type ReportPeriod =
  | { of: 'day' | 'week'; tanggal: string }
  | { of: 'month'; bulan: string }
  | { of: 'range'; dari: string; sampai: string };

type Blobbed = { data?: Blob; error?: unknown; response: Response };

/** With the period before it. */
export function getLaporan(period: ReportPeriod): Promise<Result<Laporan>> {
  return call(request(period, { bandingkan: true }));
}

/** The same as a file, ready to be handed in. */
export function laporanFile(
  period: ReportPeriod,
  format: ReportFormat,
  bahasa: FileLanguage,
): Promise<Result<Blob>> {
  return call<Blobbed>(
    request(period, { format, bahasa, bandingkan: true }, { parseAs: 'blob' }) as Promise<Blobbed>,
  );
}

function request(
  period: ReportPeriod,
  wanted: { format?: ReportFormat; bahasa?: FileLanguage; bandingkan: boolean },
  options: { parseAs?: 'blob' } = {},
) {
  switch (period.of) {
    case 'day': {
      const query = { tanggal: period.tanggal, ...wanted };
      return client.GET('/api/reports/daily', { params: { query }, ...options });
    }
    case 'week': {
      const query = { tanggal: period.tanggal, ...wanted };
      return client.GET('/api/reports/weekly', { params: { query }, ...options });
    }
    case 'month': {
      const query = { bulan: period.bulan, ...wanted };
      return client.GET('/api/reports/monthly', { params: { query }, ...options });
    }
    case 'range': {
      const query = { dari: period.dari, sampai: period.sampai, ...wanted };
      return client.GET('/api/reports/range', { params: { query }, ...options });
    }
  }
}

const pathOf = (id: number) => ({ params: { path: { id } } });

/** Starts an export of all visits, row by row. The server writes it while it is asked how far it is. */
export function startEkspor(
  dari: string,
  sampai: string,
  format: ReportFormat,
  bahasa: FileLanguage,
): Promise<Result<{ id: number }>> {
  return call(client.POST('/api/reports/ekspor', json({ dari, sampai, format, bahasa })));
}

export function getEkspor(id: number): Promise<Result<Ekspor>> {
  return retrying(() => call(client.GET('/api/reports/ekspor/{id}', pathOf(id))));
}

export async function cancelEkspor(id: number): Promise<Result<void>> {
  const cancelled = await retrying(() => call(client.DELETE('/api/reports/ekspor/{id}', pathOf(id))));
  return cancelled.ok ? { ok: true, data: undefined } : cancelled;
}

export function eksporFile(id: number): Promise<Result<Blob>> {
  return retrying(() =>
    call<Blobbed>(client.GET('/api/reports/ekspor/{id}/berkas', { ...pathOf(id), parseAs: 'blob' })),
  );
}

/** The settings, with what stands on a printed report. */
export function getLetterhead(): Promise<Result<SetelanLaporan>> {
  return retrying(() => call(client.GET('/api/settings', {})));
}

/** The school's sign; refused if it has none. */
export function logoFile(): Promise<Result<Blob>> {
  return call<Blobbed>(client.GET('/api/sekolah/logo', { parseAs: 'blob' }));
}
