/** Adding a unit, or changing one: its name, and who is behind it. */
import { createPengguna, listPengguna, updatePengguna } from '../../api/pengguna';
import type { Failure, Result } from '../../api/result';
import type { Anggota, PenggunaBeranggota, PenggunaRinci } from '../../api/types';
import { penggunaFieldTexts, t } from '../../i18n/admin_pengguna';
import { failureText } from '../../i18n/failure';
import { edited } from '../../shared/edited';
import { telpText } from '../../shared/names';
import { Suggestions } from '../../shared/suggestions.svelte';

const AFTER_MS = 250;
/** As many as fit under the field. */
const SHOWN = 5;
/** So many are asked for, because those who are members already are left out. */
const ASKED = 50;

type FieldName = 'nama' | 'jabatan' | 'telp' | 'anggota';
type FieldErrors = Partial<Record<FieldName, string>>;
const FIELDS: FieldName[] = ['nama', 'jabatan', 'telp', 'anggota'];

export class UnitForm {
  nama = $state('');
  jabatan = $state('');
  telp = $state('');
  /** In the order in which they were chosen; of a known unit by name. */
  anggota = $state.raw<Anggota[]>([]);
  busy = $state<'simpan' | 'aktif'>();
  message = $state('');
  #attempted = $state(false);
  #refused = $state.raw<FieldErrors>({});
  readonly #initial: ReturnType<typeof bodyOf>;
  /** Active people who are no members yet. */
  readonly search: Suggestions<PenggunaRinci>;

  readonly #missing: FieldErrors = $derived(this.nama.trim() ? {} : { nama: t.unit.nama_kosong });
  readonly errors: FieldErrors = $derived(
    this.#attempted ? { ...this.#refused, ...this.#missing } : this.#refused,
  );
  readonly is_changed = $derived.by(() => Object.keys(edited(this.#initial, bodyOf(this))).length > 0);
  /** Nobody would be told of a guest. */
  readonly alerts_nobody = $derived(!this.anggota.some((one) => one.aktif));

  constructor(readonly unit?: PenggunaRinci) {
    this.search = new Suggestions((q) => this.#find(q), AFTER_MS);
    if (unit) {
      this.nama = unit.nama;
      this.jabatan = unit.jabatan ?? '';
      this.telp = unit.telp ? telpText(unit.telp) : '';
      this.anggota = unit.anggota;
    }
    this.#initial = bodyOf(this);
  }

  typed(): void {
    this.#refused = {};
    this.message = '';
  }

  add({ id, nama, aktif }: Anggota): void {
    this.typed();
    this.search.q = '';
    this.search.found = undefined;
    if (!this.anggota.some((one) => one.id === id)) this.anggota = [...this.anggota, { id, nama, aktif }];
  }

  remove(id: number): void {
    this.typed();
    this.anggota = this.anggota.filter((one) => one.id !== id);
  }

  stop(): void {
    this.search.stop();
  }

  /** The unit as stored; undefined if it was refused. */
  async save(): Promise<PenggunaBeranggota | undefined> {
    this.#attempted = true;
    this.typed();
    if (this.busy || Object.keys(this.#missing).length > 0) return undefined;
    this.busy = 'simpan';
    const saved = this.unit
      ? await updatePengguna(this.unit.id, edited(this.#initial, bodyOf(this)))
      : await createPengguna({ ...bodyOf(this), unit: true });
    this.busy = undefined;
    if (!saved.ok) {
      this.#refuse(saved.failure);
      return undefined;
    }
    return 'pengguna' in saved.data ? saved.data.pengguna : saved.data;
  }

  async setAktif(aktif: boolean): Promise<PenggunaBeranggota | undefined> {
    if (this.busy || !this.unit) return undefined;
    this.typed();
    this.busy = 'aktif';
    const saved = await updatePengguna(this.unit.id, { aktif });
    this.busy = undefined;
    if (!saved.ok) this.#refuse(saved.failure);
    return saved.ok ? saved.data : undefined;
  }

  async #find(q: string): Promise<Result<PenggunaRinci[]>> {
    if (!q) return { ok: true, data: [] };
    const found = await listPengguna({ q, aktif: true, unit: false }, 1, ASKED);
    if (!found.ok) return found;
    const others = found.data.data.filter(({ id }) => !this.anggota.some((one) => one.id === id));
    return { ok: true, data: others.slice(0, SHOWN) };
  }

  #refuse(failure: Failure): void {
    const errors = penggunaFieldTexts(failure);
    const refused: FieldErrors = {};
    for (const field of FIELDS) {
      const message = errors[field];
      if (message) refused[field] = message;
    }
    this.#refused = refused;
    if (Object.keys(refused).length === 0) this.message = failureText(failure);
  }
}

/** Empty text clears a field that held something before. */
function bodyOf({ nama, jabatan, telp, anggota }: Pick<UnitForm, 'nama' | 'jabatan' | 'telp' | 'anggota'>) {
  const members = anggota.map(({ id }) => id);
  return { nama: nama.trim(), jabatan: jabatan.trim(), telp: telp.trim(), anggota: members };
}
