/** The audit, for an admin. */
import { call, client } from './client';
import type { Result } from './result';
import type { paths } from './schema.mjs';
import type { DaftarAudit, RantaiAudit } from './types';

type Query = NonNullable<paths['/api/audit']['get']['parameters']['query']>;
export type AksiAudit = NonNullable<Query['aksi']>;
export type ObjekAudit = NonNullable<Query['objek']>;

/** Days are YYYY-MM-DD, both included. */
export type AuditFilter = {
  dari?: string;
  sampai?: string;
  pelaku?: number;
  aksi?: AksiAudit;
  objek?: ObjekAudit;
  id_objek?: number;
  q?: string;
};

/** One page, newest first. */
export function listAudit(
  filter: AuditFilter,
  halaman: number,
  ukuran: number,
): Promise<Result<DaftarAudit>> {
  return call(client.GET('/api/audit', { params: { query: { ...filter, halaman, ukuran } } }));
}

/** Looks at the whole chain now. */
export function checkChain(): Promise<Result<RantaiAudit>> {
  return call(client.GET('/api/audit/rantai'));
}

/** All entries of the filter as CSV. */
export function exportAudit(filter: AuditFilter): Promise<Result<Blob>> {
  return call(client.GET('/api/audit/export.csv', { params: { query: filter }, parseAs: 'blob' }));
}
