/** Which screen the address names, so that "back" and a bookmark work. */

export type Rute =
  | { screen: 'hari'; tanggal?: string }
  | { screen: 'minggu'; tanggal?: string }
  | { screen: 'riwayat' }
  | { screen: 'janji'; id: number };

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function baca(hash: string): Rute {
  const [screen, rest = ''] = hash.replace(/^#\/?/, '').split('/');
  if (screen === 'riwayat') return { screen };
  if (screen === 'janji' && /^\d+$/.test(rest)) return { screen, id: Number(rest) };
  const tanggal = DATE.test(rest) && !Number.isNaN(Date.parse(rest)) ? rest : undefined;
  return { screen: screen === 'minggu' ? 'minggu' : 'hari', ...(tanggal ? { tanggal } : {}) };
}

export function alamat(route: Rute): string {
  if (route.screen === 'riwayat') return '#/riwayat';
  if (route.screen === 'janji') return `#/janji/${route.id}`;
  return `#/${route.screen}${route.tanggal ? `/${route.tanggal}` : ''}`;
}

export class Penunjuk {
  now = $state.raw<Rute>(baca(location.hash));
  /** Where "back" leads from an appointment. */
  #sebelum: Rute = { screen: 'hari' };

  readonly changed = (): void => {
    if (this.now.screen !== 'janji') this.#sebelum = this.now;
    this.now = baca(location.hash);
  };

  buka(route: Rute): void {
    location.hash = alamat(route);
  }

  kembali(): void {
    this.buka(this.#sebelum);
  }
}
