/** Which screen the address names, so that "back" and a bookmark work. */

export type Rute =
  | { layar: 'hari'; tanggal?: string }
  | { layar: 'minggu'; tanggal?: string }
  | { layar: 'riwayat' }
  | { layar: 'janji'; id: number };

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function baca(hash: string): Rute {
  const [layar, rest = ''] = hash.replace(/^#\/?/, '').split('/');
  if (layar === 'riwayat') return { layar };
  if (layar === 'janji' && /^\d+$/.test(rest)) return { layar, id: Number(rest) };
  const tanggal = DATE.test(rest) && !Number.isNaN(Date.parse(rest)) ? rest : undefined;
  return { layar: layar === 'minggu' ? 'minggu' : 'hari', ...(tanggal ? { tanggal } : {}) };
}

export function alamat(rute: Rute): string {
  if (rute.layar === 'riwayat') return '#/riwayat';
  if (rute.layar === 'janji') return `#/janji/${rute.id}`;
  return `#/${rute.layar}${rute.tanggal ? `/${rute.tanggal}` : ''}`;
}

export class Penunjuk {
  kini = $state.raw<Rute>(baca(location.hash));
  /** Where "back" leads from an appointment. */
  #sebelum: Rute = { layar: 'hari' };

  readonly changed = (): void => {
    if (this.kini.layar !== 'janji') this.#sebelum = this.kini;
    this.kini = baca(location.hash);
  };

  buka(rute: Rute): void {
    location.hash = alamat(rute);
  }

  kembali(): void {
    this.buka(this.#sebelum);
  }
}
