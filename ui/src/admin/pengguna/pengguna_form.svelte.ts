/** Adding a user, or changing one. */
import { createPengguna, resetPassword, updatePengguna } from '../../api/pengguna';
import type { PenggunaRequest, UbahPenggunaRequest } from '../../api/requests';
import { codeOf, type Failure } from '../../api/result';
import type { PenggunaBeranggota, PenggunaRinci, Role, Sapaan } from '../../api/types';
import { t } from '../../i18n/admin';
import { penggunaFieldTexts, t as words } from '../../i18n/admin_pengguna';
import { failureText } from '../../i18n/failure';
import { edited } from '../../shared/edited';
import { telpText } from '../../shared/names';
import { hasEmail, loginName } from './login_name';

type FieldName = 'nama' | 'email' | 'jabatan' | 'telp' | 'nuptk' | 'nip' | 'tugas_tambahan';
/** What is kept of a person. */
type Changes = Omit<UbahPenggunaRequest, 'unit' | 'anggota'>;
type FieldErrors = Partial<Record<FieldName, string>>;
const FIELDS: FieldName[] = ['nama', 'email', 'jabatan', 'telp', 'nuptk', 'nip', 'tugas_tambahan'];

/** A temporary password that is shown once, and whose it is. */
export type TemporaryPassword = { nama: string; masuk: string; password: string; role: Role };

export class PenggunaForm {
  nama = $state('');
  email = $state('');
  jabatan = $state('');
  telp = $state('');
  nuptk = $state('');
  nip = $state('');
  tugas_tambahan = $state('');
  /** What is said before the name; empty if nothing is. */
  sapaan = $state<Sapaan | ''>('');
  role = $state<Role>('Guru');
  busy = $state<'simpan' | 'sandi' | 'aktif'>();
  message = $state('');
  #attempted = $state(false);
  #refused = $state.raw<FieldErrors>({});
  readonly #initial: Changes;

  readonly #missing = $derived.by(() => {
    const missing: FieldErrors = {};
    if (!this.nama.trim()) missing.nama = t.nama_kosong;
    const email = this.email.trim();
    const may_be_empty = this.pengguna
      ? this.is_without_email
      : Boolean(this.nuptk.trim() || this.nip.trim());
    if (!email && !may_be_empty) missing.email = this.pengguna ? t.email_kosong : words.tanpa_masuk;
    if (email && !/^\S+@\S+\.\S+$/.test(email)) missing.email = t.email_kosong;
    return missing;
  });
  readonly errors: FieldErrors = $derived(
    this.#attempted ? { ...this.#refused, ...this.#missing } : this.#refused,
  );
  readonly is_changed = $derived.by(() => Object.keys(edited(this.#initial, this.#changes())).length > 0);

  /** Signs in with a number, because there is no address. */
  readonly is_without_email: boolean;

  constructor(readonly pengguna?: PenggunaRinci) {
    this.is_without_email = pengguna !== undefined && !hasEmail(pengguna.email);
    if (pengguna) {
      this.nama = pengguna.nama;
      this.email = this.is_without_email ? '' : pengguna.email;
      this.jabatan = pengguna.jabatan ?? '';
      this.telp = pengguna.telp ? telpText(pengguna.telp) : '';
      this.nuptk = pengguna.nuptk ?? '';
      this.nip = pengguna.nip ?? '';
      this.tugas_tambahan = pengguna.tugas_tambahan ?? '';
      this.sapaan = pengguna.sapaan ?? '';
      this.role = pengguna.role;
    }
    this.#initial = this.#changes();
  }

  typed(): void {
    this.#refused = {};
    this.message = '';
  }

  /** The user as stored, and the temporary password if there is a new one. */
  async save(): Promise<
    { pengguna: PenggunaBeranggota; temporary_password?: TemporaryPassword } | undefined
  > {
    this.#attempted = true;
    this.typed();
    if (this.busy || Object.keys(this.#missing).length > 0) return undefined;
    this.busy = 'simpan';
    const saved = this.pengguna
      ? await updatePengguna(this.pengguna.id, edited(this.#initial, this.#changes()))
      : await createPengguna(this.#body());
    this.busy = undefined;
    if (!saved.ok) {
      this.#refuse(saved.failure);
      return undefined;
    }
    if (!('pengguna' in saved.data)) return { pengguna: saved.data };
    const { pengguna, password_sementara: password } = saved.data;
    return { pengguna, ...(password ? { temporary_password: temporary(pengguna, password) } : {}) };
  }

  async setAktif(aktif: boolean): Promise<PenggunaBeranggota | undefined> {
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
    return reset.ok ? temporary(this.pengguna, reset.data.password_sementara) : undefined;
  }

  #body(): PenggunaRequest {
    return { ...this.#changes(), nama: this.nama.trim(), role: this.role };
  }

  #changes(): Changes {
    const { nuptk, nip, tugas_tambahan, email } = this;
    // Empty text clears a field that held something before.
    const { nama, sapaan, role, jabatan, telp } = this;
    return {
      nama: nama.trim(),
      sapaan,
      role,
      jabatan: jabatan.trim(),
      telp: telp.trim(),
      ...(email.trim() ? { email: email.trim() } : {}),
      nuptk: nuptk.replace(/\s/g, ''),
      nip: nip.replace(/\s/g, ''),
      tugas_tambahan: tugas_tambahan.trim(),
    };
  }

  #refuse(failure: Failure): void {
    const code = codeOf(failure);
    const errors = penggunaFieldTexts(failure);
    const refused: FieldErrors = {};
    for (const field of FIELDS) {
      const message = errors[field];
      if (message) refused[field] = code === 'sudah_ada' && field === 'email' ? t.sudah_dipakai : message;
    }
    this.#refused = refused;
    if (code === 'admin_terakhir') this.message = t.admin_terakhir;
    else if (Object.keys(refused).length === 0) this.message = failureText(failure);
  }
}

function temporary(
  pengguna: Pick<PenggunaRinci, 'nama' | 'email' | 'role'>,
  password: string,
): TemporaryPassword {
  const { nama, email, role } = pengguna;
  return { nama, masuk: loginName(email), password, role };
}
