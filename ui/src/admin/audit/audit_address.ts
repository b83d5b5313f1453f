/** The filters of the audit, as they stand in the address. What is not understood counts as not there. */
import type { AksiAudit, AuditFilter, ObjekAudit } from '../../api/audit';
import { AKSI, OBJEK } from '../../i18n/admin_audit';

export type AuditAddress = { filter: AuditFilter; page: number };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function number(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

export function parseAddress(rest: string): AuditAddress {
  const query = new URLSearchParams(rest);
  const day = (name: string) => {
    const text = query.get(name) ?? '';
    return DAY.test(text) ? text : undefined;
  };
  const [aksi, objek] = [query.get('aksi') ?? '', query.get('objek') ?? ''];
  const entries = Object.entries({
    dari: day('dari'),
    sampai: day('sampai'),
    pelaku: number(query.get('pelaku')),
    aksi: Object.hasOwn(AKSI, aksi) ? (aksi as AksiAudit) : undefined,
    objek: Object.hasOwn(OBJEK, objek) ? (objek as ObjekAudit) : undefined,
    id_objek: number(query.get('id_objek')),
    q: query.get('q')?.trim() || undefined,
  }).filter(([, value]) => value !== undefined);
  return { filter: Object.fromEntries(entries), page: number(query.get('halaman')) ?? 1 };
}

export function addressOf({ filter, page }: AuditAddress): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== '') query.set(name, String(value));
  }
  if (page > 1) query.set('halaman', String(page));
  return query.toString();
}
