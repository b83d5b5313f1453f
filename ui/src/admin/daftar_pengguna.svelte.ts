/** The users on screen: searched, filtered, one page at a time. */
import { listPengguna } from '../api/pengguna';
import type { Result } from '../api/result';
import type { Pengguna, Role } from '../api/types';
import { Muatan } from '../shared/muatan.svelte';

const AFTER_MS = 250;
export const UKURAN = 20;

export class DaftarPengguna {
  q = $state('');
  role = $state<Role>();
  halaman = $state(1);
  baris = $state.raw<Pengguna[]>([]);
  total = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly muatan = new Muatan((isOver) => this.#load(isOver));

  readonly disaring = $derived(this.q.trim() !== '' || this.role !== undefined);
  readonly dari = $derived((this.halaman - 1) * UKURAN + 1);
  readonly sampai = $derived(this.dari + this.baris.length - 1);

  start(): void {
    void this.muatan.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.muatan.forget();
    this.baris = [];
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed(), AFTER_MS);
  }

  pilih(role: Role | undefined): void {
    this.role = role;
    this.#changed();
  }

  pergi(halaman: number): void {
    this.halaman = halaman;
    void this.muatan.load();
  }

  /** One that was changed, before the list is asked for again. */
  merge(pengguna: Pengguna): void {
    this.baris = this.baris.map((row) => (row.id === pengguna.id ? pengguna : row));
    void this.muatan.load();
  }

  #changed(): void {
    this.halaman = 1;
    void this.muatan.load();
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const q = this.q.trim();
    const saring = { ...(q ? { q } : {}), ...(this.role ? { role: this.role } : {}) };
    const listed = await listPengguna(saring, this.halaman, UKURAN);
    if (listed.ok && !isOver()) {
      this.baris = listed.data.data;
      this.total = listed.data.total;
    }
    return listed;
  }
}
