/** Adding a user, or changing one. */
import { createPengguna, resetPassword, updatePengguna } from '../../api/pengguna';
import type { PenggunaRequest } from '../../api/requests';
import { codeOf, type Failure } from '../../api/result';
import type { Pengguna, Role, Sapaan } from '../../api/types';
import { t } from '../../i18n/admin';
import { failureText, fieldTexts } from '../../i18n/failure';
import { telpText } from '../../shared/names';

type FieldName = 'nama' | 'email' | 'jabatan' | 'telp';
type FieldErrors = Partial<Record<FieldName, string>>;
const FIELDS: FieldName[] = ['nama', 'email', 'jabatan', 'telp'];

/** A temporary password that is shown once, and whose it is. */
export type TemporaryPassword = { nama: string; password: string };

export class PenggunaForm {
  nama = $state('');
  email = $state('');
  jabatan = $state('');
  telp = $state('');
  /** What is said before the name; empty if nothing is. */
  sapaan = $state<Sapaan | ''>('');
  role = $state<Role>('Guru');
  busy = $state<'simpan' | 'sandi' | 'aktif'>();
  message = $state('');
  #attempted = $state(false);
  #refused = $state.raw<FieldErrors>({});
  readonly #initial: string;

  readonly #missing = $derived.by(() => {
    const missing: FieldErrors = {};
    if (!this.nama.trim()) missing.nama = t.nama_kosong;
    if (!/^\S+@\S+\.\S+$/.test(this.email.trim())) missing.email = t.email_kosong;
    return missing;
  });
  readonly errors: FieldErrors = $derived(
    this.#attempted ? { ...this.#refused, ...this.#missing } : this.#refused,
  );
  readonly is_changed = $derived.by(() => this.#content() !== this.#initial);

  constructor(readonly pengguna?: Pengguna) {
    if (pengguna) {
      this.nama = pengguna.nama;
      this.email = pengguna.email;
      this.jabatan = pengguna.jabatan ?? '';
      this.telp = pengguna.telp ? telpText(pengguna.telp) : '';
      this.sapaan = pengguna.sapaan ?? '';
      this.role = pengguna.role;
    }
    this.#initial = this.#content();
  }

  typed(): void {
    this.#refused = {};
    this.message = '';
  }

  /** The user as stored, and the temporary password if there is a new one. */
  async save(): Promise<{ pengguna: Pengguna; temporary_password?: TemporaryPassword } | undefined> {
    this.#attempted = true;
    this.typed();
    if (this.busy || Object.keys(this.#missing).length > 0) return undefined;
    this.busy = 'simpan';
    const saved = this.pengguna
      ? await updatePengguna(this.pengguna.id, this.#body())
      : await createPengguna(this.#body());
    this.busy = undefined;
    if (!saved.ok) {
      this.#refuse(saved.failure);
      return undefined;
    }
    if (!('password_sementara' in saved.data)) return { pengguna: saved.data };
    const { pengguna, password_sementara: password } = saved.data;
    return { pengguna, temporary_password: { nama: pengguna.nama, password } };
  }

  async setAktif(aktif: boolean): Promise<Pengguna | undefined> {
    if (this.busy || !this.pengguna) return undefined;
    this.typed();
    this.busy = 'aktif';
    const saved = await updatePengguna(this.pengguna.id, { aktif });
    this.busy = undefined;
    if (!saved.ok) this.#refuse(saved.failure);
    return saved.ok ? saved.data : undefined;
  }

  async newPassword(): Promise<TemporaryPassword | undefined> {
    if (this.busy || !this.pengguna) return undefined;
    this.typed();
    this.busy = 'sandi';
    const reset = await resetPassword(this.pengguna.id);
    this.busy = undefined;
    if (!reset.ok) this.#refuse(reset.failure);
    return reset.ok ? { nama: this.pengguna.nama, password: reset.data.password_sementara } : undefined;
  }

  #body(): PenggunaRequest {
    const { nama, sapaan, email, jabatan, telp, role } = this;
    // Empty text clears a field that held something before.
    return {
      nama: nama.trim(),
      sapaan,
      email: email.trim(),
      role,
      jabatan: jabatan.trim(),
      telp: telp.trim(),
    };
  }

  #content(): string {
    return JSON.stringify(this.#body());
  }

  #refuse(failure: Failure): void {
    const code = codeOf(failure);
    const errors = fieldTexts(failure);
    const refused: FieldErrors = {};
    for (const field of FIELDS) {
      const message = errors[field];
      if (message) refused[field] = code === 'sudah_ada' ? t.sudah_dipakai : message;
    }
    this.#refused = refused;
    if (code === 'admin_terakhir') this.message = t.admin_terakhir;
    else if (Object.keys(refused).length === 0) this.message = failureText(failure);
  }
}
