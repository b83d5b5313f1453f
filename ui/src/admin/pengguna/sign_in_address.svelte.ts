/** Where staff sign in, as a slip tells it: an address that opens on another PC or phone. */
import { getSetelan } from '../../api/setelan';
import type { Role } from '../../api/types';

const PAGE: Record<Role, string> = { Guru: 'guru', 'Penerima Tamu': 'kiosk', Admin: 'admin' };

export class SignInAddress {
  #base = $state('');
  /** It opens in the school's own network only. */
  is_local = $state(false);

  /** `page`: where this page itself stands. */
  constructor(private readonly page: Pick<Location, 'protocol' | 'hostname' | 'origin'>) {}

  /** The public address, else the one in the school's network, else this page's own. */
  async load(): Promise<void> {
    const told = await getSetelan();
    const { alamat_masuk, alamat_publik, alamat_publik_tetap } = told.ok
      ? told.data
      : { alamat_masuk: null, alamat_publik: '', alamat_publik_tetap: false };
    this.#base = alamat_masuk ?? (isReachable(this.page) ? this.page.origin : '');
    this.is_local = !alamat_publik && !alamat_publik_tetap;
  }

  /** Where somebody with this role signs in; empty if no address opens elsewhere. */
  of(role: Role = 'Guru'): string {
    return this.#base && `${this.#base}/${PAGE[role]}`;
  }
}

function isReachable({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): boolean {
  return /^https?:$/.test(protocol) && !/^(tauri\.|127\.|\[::1\])|localhost$/.test(hostname);
}
