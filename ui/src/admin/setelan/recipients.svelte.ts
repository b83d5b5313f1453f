/** The admins whom a report can be sent to by e-mail. */
import { everyPengguna } from '../../api/pengguna';
import type { Result } from '../../api/result';
import type { PenggunaRinci } from '../../api/types';
import { t } from '../../i18n/admin_setelan';
import { Loading } from '../../shared/loading.svelte';
import { hasEmail } from '../pengguna/login_name';

/** Somebody in the list. */
export type Recipient = {
  id: number;
  nama: string;
  /** Nothing can be sent to who has none. */
  email: string | undefined;
  /** Was chosen, and is no active admin any more, so that nothing is sent. */
  is_gone: boolean;
};

export class Recipients {
  admins = $state.raw<PenggunaRinci[]>([]);
  readonly loading = new Loading((isOver) => this.#load(isOver));
  readonly has_any = $derived(this.admins.some(({ email }) => hasEmail(email)));

  /** The admins, and who was chosen and is none any more. */
  rows(chosen: number[]): Recipient[] {
    const known = this.admins.map(({ id, nama, email }) => ({
      id,
      nama,
      email: hasEmail(email) ? email : undefined,
      is_gone: false,
    }));
    const is_gone = (id: number) => !this.admins.some((admin) => admin.id === id);
    const gone = chosen.filter((id, at) => is_gone(id) && chosen.indexOf(id) === at);
    const others = gone.map((id) => ({ id, nama: this.nameOf(id), email: undefined, is_gone: true }));
    return [...known, ...others];
  }

  nameOf(id: number): string {
    return this.admins.find((admin) => admin.id === id)?.nama ?? t.penerima.nomor(id);
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const listed = await everyPengguna({ role: 'Admin', aktif: true });
    if (listed.ok && !isOver()) this.admins = listed.data;
    return listed;
  }
}

/** Its names also stand where changes are reviewed. */
export const recipients = new Recipients();
