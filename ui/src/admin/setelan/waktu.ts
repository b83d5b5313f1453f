/** A time of day as people type it. */

/** HH:MM of `19.00`, `19:00`, `1900` or `7`; undefined if it is no time. */
export function waktuOf(text: string): string | undefined {
  const found = /^(\d{1,2})(?:[.:]?(\d{2}))?$/.exec(text.trim());
  const hours = Number(found?.[1] ?? NaN);
  const minutes = Number(found?.[2] ?? 0);
  if (!found || hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
