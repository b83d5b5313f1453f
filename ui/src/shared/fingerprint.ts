/** A fingerprint as people compare it: four letters at a time. */
export function fingerprintGroups(fingerprint: string): string[] {
  const letters = fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
  return letters.match(/.{1,4}/g) ?? [];
}
