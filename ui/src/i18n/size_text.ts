/** A file's size as people read it: in kB below a tenth of a megabyte, so that it is never told as nothing. */
const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

export function sizeText(bytes: number, locale: string): string {
  const [unit, name, digits] = bytes >= GB ? [GB, 'GB', 1] : bytes >= MB / 10 ? [MB, 'MB', 1] : [KB, 'kB', 0];
  const size = bytes > 0 && unit === KB ? Math.max(1, bytes / unit) : bytes / unit;
  const shown = size.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${shown} ${name}`;
}
