/** What the address names: a visit by its code, or the guest's own appointments. */

type Place = { kind: 'kunjungan'; kode: string } | { kind: 'akun' };

/** A code of ours somewhere in it: messengers add full stops and brackets to addresses. */
const TOKEN = /[a-z2-7]{47}/i;

/** `kode` is in capitals, and empty if the address has none. */
export function placeOf(pathname: string): Place {
  const [first = '', rest = ''] = pathname.replace(/^\/+/, '').split('/');
  if (first.toLowerCase() !== 'k') return { kind: 'akun' };
  return { kind: 'kunjungan', kode: TOKEN.exec(rest)?.[0].toUpperCase() ?? '' };
}

/** Where a visit's page is. */
export function visitHref(kode: string): string {
  return `/k/${kode}`;
}
