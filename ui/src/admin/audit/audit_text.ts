/** How the values of an entry are read. */
import { t } from '../../i18n/admin_audit';
import { dateText, timeText } from '../../i18n/format';
import type { CatatanAudit } from '../../api/types';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function valueText(value: unknown): string {
  if (value === null || value === '') return t.kosong_nilai;
  if (value === true) return t.ya;
  if (value === false) return t.tidak;
  if (typeof value === 'string') {
    return MOMENT.test(value) ? `${dateText(value)}, ${timeText(value)}` : value;
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** One line for each field; fields within fields stand behind the name of the outer one. */
export function linesOf(value: unknown, before = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [valueText(value)];
  return Object.entries(value).flatMap(([name, field]) => {
    const label = before ? `${before} ${fieldName(name)}` : fieldName(name);
    const is_group = typeof field === 'object' && field !== null && !Array.isArray(field);
    return is_group ? linesOf(field, label) : [`${label}: ${valueText(field)}`];
  });
}

export function fieldName(name: string): string {
  return (t.isian as Record<string, string>)[name] ?? name.replaceAll('_', ' ');
}

export function actorOf(row: CatatanAudit): string {
  if (row.nama_pelaku) return row.nama_pelaku;
  if (row.role === 'Tamu') return row.id_pelaku ? t.nomor.tamu(row.id_pelaku) : t.tamu;
  return row.role === 'Sistem' ? t.sistem : t.tanpa_masuk;
}

/** A word that this page does not know yet stands as it is. */
export function actText(row: CatatanAudit): string {
  const said = (t.aksi as Record<string, ((objek: string) => string) | undefined>)[row.aksi];
  const objek = (t.objek as Record<string, string>)[row.objek] ?? row.objek;
  return said ? said(objek) : `${row.aksi} ${objek}`;
}

export function objectText(row: CatatanAudit): string {
  if (!row.id_objek) return '';
  const said = (t.nomor as Record<string, ((id: number) => string) | undefined>)[row.objek];
  return said
    ? said(row.id_objek)
    : `${(t.objek as Record<string, string>)[row.objek] ?? row.objek} ${row.id_objek}`;
}
