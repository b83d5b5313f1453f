/** Values of settings as they are read. */
import { t } from '../../i18n/admin_setelan';
import { clockText } from '../../i18n/format';
import { p } from '../../i18n/pesan';
import type { JamHari, Saluran } from '../../api/types';
import { recipients } from './recipients.svelte';
import { kindOf, linesOf, PIN_REMOVED, type FieldName, type Value } from './fields';

const ZONES: [string, string][] = [
  ['Asia/Jakarta', 'WIB · Asia/Jakarta'],
  ['Asia/Pontianak', 'WIB · Asia/Pontianak'],
  ['Asia/Makassar', 'WITA · Asia/Makassar'],
  ['Asia/Jayapura', 'WIT · Asia/Jayapura'],
];

/** The country's zones, and the one that is set if it is another. */
export function zones(set: string): [string, string][] {
  return ZONES.some(([zone]) => zone === set) ? ZONES : [...ZONES, [set, set]];
}

/** "Jumat 07.00 – 11.30" */
function hoursText({ hari, buka, tutup }: JamHari): string {
  return `${t.libur.hari[hari - 1]} ${clockText(buka)} – ${clockText(tutup)}`;
}

export function valueText(name: FieldName, value: Value): string {
  const kind = kindOf(name);
  switch (kind.kind) {
    case 'pin':
      return value === PIN_REMOVED ? t.pin_dihapus : '••••';
    case 'number':
      if (kind.never && Number(value) === 0) return t.tidak_pernah;
      return `${value as string} ${t.satuan[kind.unit]}`;
    case 'time':
      return clockText(value as string);
    case 'switch':
      return value ? t.menyala : t.mati;
    case 'list':
      return linesOf(value as string).join(', ') || t.bawaan;
    case 'zone':
      return zones(value as string).find(([zone]) => zone === value)?.[1] ?? (value as string);
    case 'languages':
      return (value as ('id' | 'en')[]).map((code) => t.templat.bahasa[code]).join(', ');
    case 'language':
      return t.templat.bahasa[value as 'id' | 'en'];
    case 'days':
      return (value as number[]).map((day) => t.libur.hari[day - 1]).join(', ');
    case 'hours':
      return (value as JamHari[]).map(hoursText).join(', ') || t.libur.sama_semua;
    case 'people':
      return (value as number[]).map((id) => recipients.nameOf(id)).join(', ') || t.penerima.tidak_ada;
    case 'group':
      return (
        Object.values(value as Record<string, string>)
          .filter(Boolean)
          .join(', ') || t.kosong
      );
    case 'order':
      return (value as Saluran[]).map((one) => p.saluran[one]).join(', ');
    default:
      return (value as string).trim() || t.kosong;
  }
}
