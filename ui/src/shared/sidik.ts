/** A fingerprint as people compare it: four letters at a time. */
export function kelompok(sidik: string): string[] {
  const letters = sidik.replace(/[^0-9a-f]/gi, '').toUpperCase();
  return letters.match(/.{1,4}/g) ?? [];
}
