/** The users on screen: searched, filtered, one page at a time. */
import { listPengguna, type Urut } from '../../api/pengguna';
import type { Result } from '../../api/result';
import type { PenggunaRinci, Role } from '../../api/types';
import { Loading } from '../../shared/loading.svelte';
import { partOfNumber } from './login_name';

const AFTER_MS = 250;
export const PAGE_SIZE = 20;

/** A role, or units, which have none of their own. */
export type Kind = Role | 'unit';

export class PenggunaList {
  q = $state('');
  kind = $state<Kind>();
  aktif = $state<'semua' | 'aktif' | 'nonaktif'>('semua');
  urut = $state<Urut>('nama');
  page = $state(1);
  rows = $state.raw<PenggunaRinci[]>([]);
  total = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly is_filtered = $derived(this.q.trim() !== '' || this.kind !== undefined || this.aktif !== 'semua');

  /** What a NUPTK or NIP is found by. */
  readonly number = $derived(partOfNumber(this.q));

  /** The numbers by which somebody was found. */
  numbersOf({ nuptk, nip }: PenggunaRinci): { name: 'nuptk' | 'nip'; digits: string }[] {
    const number = this.number;
    if (!number) return [];
    const all = [
      { name: 'nuptk' as const, digits: nuptk ?? '' },
      { name: 'nip' as const, digits: nip ?? '' },
    ];
    return all.filter(({ digits }) => digits.includes(number));
  }

  start(): void {
    void this.loading.load();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.rows = [];
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed(), AFTER_MS);
  }

  choose(kind: Kind | undefined): void {
    this.kind = kind;
    this.#changed();
  }

  chooseAktif(aktif: 'semua' | 'aktif' | 'nonaktif'): void {
    this.aktif = aktif;
    this.#changed();
  }

  /** The same column once more turns the order round; times begin with the latest. */
  sortBy(column: 'nama' | 'login'): void {
    const [first, second]: [Urut, Urut] = column === 'nama' ? ['nama', '-nama'] : ['-login', 'login'];
    this.urut = this.urut === first ? second : first;
    this.#changed();
  }

  goTo(page: number): void {
    this.page = page;
    void this.loading.load();
  }

  /** Shows a changed user, then loads the list again. */
  merge(pengguna: Partial<PenggunaRinci> & { id: number }): void {
    this.rows = this.rows.map((row) => (row.id === pengguna.id ? { ...row, ...pengguna } : row));
    void this.loading.load();
  }

  #changed(): void {
    this.page = 1;
    void this.loading.load();
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const q = this.q.trim();
    const filter = {
      urut: this.urut,
      ...(q ? { q } : {}),
      ...(this.kind ? filterOf(this.kind) : {}),
      ...(this.aktif === 'semua' ? {} : { aktif: this.aktif === 'aktif' }),
    };
    const listed = await listPengguna(filter, this.page, PAGE_SIZE);
    if (listed.ok && !isOver()) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
    }
    return listed;
  }
}

/** A unit is visited as a guru is, and is none. */
function filterOf(kind: Kind): { role?: Role; unit: boolean } {
  return kind === 'unit' ? { unit: true } : { role: kind, unit: false };
}
