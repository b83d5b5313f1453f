/** Writes names and numbers for screens. */
import type { Sapaan } from '../api/types';

const TITLE = /^(dr|drs|dra|ir|prof|h|hj|k\.?h|r)\.?$/i;

/** Who really comes: `atas_nama`, or the owner of the number. */
export function tamuName(row: { nama_tamu: string; atas_nama?: string | null }): string {
  return row.atas_nama ?? row.nama_tamu;
}

/** "Bu Ratna Wulandari". A name that already begins so stays. */
export function withSapaan(nama: string, sapaan?: Sapaan | null): string {
  return sapaan && !/^(i?bu|(ba)?pak)\b/i.test(nama) ? `${sapaan} ${nama}` : nama;
}

/** The guru's name with `sapaan`. */
export function guruName(row: { nama_guru: string; sapaan_guru?: Sapaan | null }): string {
  return withSapaan(row.nama_guru, row.sapaan_guru);
}

/** The guru as people speak of them: with `sapaan`, without degrees. */
export function spokenGuru(row: { nama_guru: string; sapaan_guru?: Sapaan | null }): string {
  return withSapaan(withoutDegree(row.nama_guru).trim(), row.sapaan_guru);
}

/** "Ratna W.": what the lobby may read. The first name stays whole, so that guests find their row. */
export function shortName(nama: string): string {
  const words = withoutDegree(nama).split(/\s+/).filter(Boolean);
  const titles = words.filter((word, at) => at < words.length - 1 && TITLE.test(word));
  const names = words.slice(titles.length);
  const [first = '', ...rest] = names;
  const last = rest.at(-1);
  return last ? `${first} ${initial(last)}.` : first;
}

/** "Si•• Rah•••••": enough for the owner to know it, too little for anybody else. */
export function masked(text: string): string {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const letters = [...word];
      const shown = letters.length > 5 ? 3 : letters.length > 2 ? 2 : 1;
      return letters.map((letter, at) => (at < shown ? letter : '•')).join('');
    })
    .join(' ');
}

/** "RW", for a square beside a name. */
export function initials(nama: string): string {
  const words = withoutDegree(nama).split(/\s+/).filter(Boolean);
  const [first = '', ...rest] = words;
  return initial(first) + (rest.length ? initial(rest.at(-1) ?? '') : '');
}

/** "•••• 4417" */
export function maskedTelp(telp: string | null | undefined): string {
  return telp ? `•••• ${telp.slice(-4)}` : '–';
}

/** "0812 0000 4417" for +6281200004417; empty without a number. */
export function telpText(telp: string | null | undefined): string {
  if (!telp) return '';
  const local = telp.startsWith('+62') ? `0${telp.slice(3)}` : telp;
  return local.replace(/(.{4})(?=.)/g, '$1 ');
}

function withoutDegree(nama: string): string {
  return nama.split(',')[0] ?? nama;
}

function initial(word: string): string {
  return [...word][0]?.toLocaleUpperCase('id') ?? '';
}
