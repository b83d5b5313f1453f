/**
 * Several guests as they are pasted from a sheet or read from a CSV file: name, number, e-mail, organisation, split by
 * tabs, semicolons or commas. A heading is optional and may change the order.
 */
import type { TamuLainRequest } from '../../api/requests';

/** The most guests of one appointment. */
export const TAMU_MAX = 60;
const NAMA_MAX = 100;
const EMAIL_MAX = 254;

export type TamuColumn = 'nama' | 'telp' | 'email' | 'instansi';
export type TamuCells = Record<TamuColumn, string>;
/** What is wrong with a line: the column, and why. */
export type LineFault = { column: TamuColumn; fault: 'wajib' | 'telp' | 'email' | 'panjang' | 'dua_kali' };

const COLUMNS: TamuColumn[] = ['nama', 'telp', 'email', 'instansi'];
const HEADINGS: Record<TamuColumn, RegExp> = {
  nama: /^(nama|name)\b/i,
  telp: /^(no(mor)?\b.*(hp|telp|telepon|wa|whatsapp|phone)|telp|telepon|telephone|phone|hp|wa|whatsapp)\b/i,
  email: /^(alamat )?(e-?mail|surel)\b/i,
  instansi: /^(instansi|asal|organi[sz]ation|institution|company|perusahaan)\b/i,
};

/** The guests of a text, one a line, empty lines left out. */
export function readTamuList(text: string): TamuCells[] {
  const rows = cellsOf(text.replace(/^\uFEFF/, ''));
  const heading = rows[0]?.map(headingOf) ?? [];
  const has_heading =
    heading.includes('nama') && heading.filter(Boolean).length >= Math.min(2, heading.length);
  const columns = has_heading ? heading : COLUMNS;
  return (has_heading ? rows.slice(1) : rows).map((cells) => tamuOf(cells, columns));
}

/** What is wrong with each line, by its place. The number of an earlier line must not come again. */
export function lineFaults(rows: TamuCells[]): (LineFault | undefined)[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const fault = faultOf(row);
    if (fault) return fault;
    const digits = localDigits(row.telp);
    if (seen.has(`${digits} ${row.nama.trim().toLowerCase()}`)) return { column: 'telp', fault: 'dua_kali' };
    seen.add(`${digits} ${row.nama.trim().toLowerCase()}`);
    return undefined;
  });
}

/** As the server wants it. */
export function tamuRequest({ nama, telp, email, instansi }: TamuCells): TamuLainRequest {
  return {
    nama: nama.trim(),
    telp: telp.trim(),
    ...(email.trim() ? { email: email.trim() } : {}),
    ...(instansi.trim() ? { instansi: instansi.trim() } : {}),
  };
}

function faultOf({ nama, telp, email, instansi }: TamuCells): LineFault | undefined {
  if (!nama.trim()) return { column: 'nama', fault: 'wajib' };
  if (nama.trim().length > NAMA_MAX) return { column: 'nama', fault: 'panjang' };
  if (!telp.trim()) return { column: 'telp', fault: 'wajib' };
  if (!isTelp(telp)) return { column: 'telp', fault: 'telp' };
  if (email.trim() && !isEmail(email.trim())) return { column: 'email', fault: 'email' };
  if (instansi.trim().length > NAMA_MAX) return { column: 'instansi', fault: 'panjang' };
  return undefined;
}

/** Whether it may be a whole number. The server knows better and has the last word. */
function isTelp(telp: string): boolean {
  const digits = telp.replace(/\D/g, '');
  return /^\+?[\d\s().-]+$/.test(telp.trim()) && digits.length >= 9 && digits.length <= 15;
}

/** Whether it may be an address. The server has the last word. */
export function isEmail(email: string): boolean {
  return email.length <= EMAIL_MAX && /^\S+@\S+\.\S+$/.test(email);
}

/** One number has one form: 0812…, 62812… and 812… are the same. */
function localDigits(telp: string): string {
  return telp.replace(/\D/g, '').replace(/^(62|0)/, '');
}

function headingOf(cell: string): TamuColumn | undefined {
  return COLUMNS.find((column) => HEADINGS[column].test(cell.trim()));
}

function tamuOf(cells: string[], columns: (TamuColumn | undefined)[]): TamuCells {
  const tamu: TamuCells = { nama: '', telp: '', email: '', instansi: '' };
  columns.forEach((column, at) => {
    if (column) tamu[column] = (cells[at] ?? '').trim();
  });
  // A sheet took the leading zero for nothing.
  if (/^8\d{7,12}$/.test(tamu.telp)) tamu.telp = `0${tamu.telp}`;
  return tamu;
}

/** The separator of most lines. A tab wins, because only sheets write it. */
function separatorOf(text: string): string {
  const outside = text.replace(/"[^"]*"/g, '');
  return ['\t', ';'].find((sign) => outside.includes(sign)) ?? ',';
}

/** By RFC 4180: quotes keep separators, line ends and doubled quotes. */
function cellsOf(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let is_quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one.trim())) rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (is_quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else is_quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      is_quoted = true;
    } else if (sign === separator) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r') endRow();
    else cell += sign;
  }
  endRow();
  return rows;
}
