/** Corrects a guest. A number that belongs to somebody else is told with who that is, so that the two can be merged. */
import { codeOf, type Failure } from '../../api/result';
import { findByTelp, updateTamu } from '../../api/tamu';
import type { Tamu, TamuRingkas } from '../../api/types';
import { t } from '../../i18n/admin_tamu';
import { failureText, fieldTexts } from '../../i18n/failure';
import { edited } from '../../shared/edited';
import { telpText } from '../../shared/names';

export const FIELDS = ['nama', 'telp', 'email', 'instansi'] as const;
type FieldName = (typeof FIELDS)[number];
type FieldErrors = Partial<Record<FieldName, string>>;

export class TamuForm {
  nama = $state('');
  telp = $state('');
  email = $state('');
  instansi = $state('');
  busy = $state(false);
  message = $state('');
  errors = $state.raw<FieldErrors>({});
  /** Whose number it is. */
  owner = $state.raw<TamuRingkas>();
  readonly #initial: ReturnType<typeof bodyOf>;

  readonly is_changed = $derived.by(() => Object.keys(edited(this.#initial, bodyOf(this))).length > 0);

  constructor(private readonly tamu: Tamu) {
    this.nama = tamu.nama;
    this.telp = telpText(tamu.telp);
    this.email = tamu.email ?? '';
    this.instansi = tamu.instansi ?? '';
    this.#initial = bodyOf(this);
  }

  typed(): void {
    this.errors = {};
    this.message = '';
    this.owner = undefined;
  }

  async save(): Promise<Tamu | undefined> {
    this.typed();
    if (!this.nama.trim()) this.errors = { nama: t.form.nama_kosong };
    if (this.busy || this.errors.nama) return undefined;
    this.busy = true;
    const saved = await updateTamu(this.tamu.id, edited(this.#initial, bodyOf(this)));
    if (!saved.ok) await this.#refuse(saved.failure);
    this.busy = false;
    return saved.ok ? saved.data : undefined;
  }

  async #refuse(failure: Failure): Promise<void> {
    if (codeOf(failure) === 'sudah_ada') {
      const owner = await findByTelp(this.telp.trim());
      this.owner = owner.ok && owner.data?.id !== this.tamu.id ? owner.data : undefined;
      this.errors = { telp: this.owner ? t.form.pemilik(this.owner.nama) : t.form.nomor_lain };
      return;
    }
    const texts = fieldTexts(failure);
    const errors: FieldErrors = {};
    for (const field of FIELDS) {
      const text = texts[field];
      if (text) errors[field] = text;
    }
    this.errors = errors;
    if (Object.keys(errors).length === 0) this.message = failureText(failure);
  }
}

/** Empty text clears a field that held something before. */
function bodyOf({ nama, telp, email, instansi }: Pick<TamuForm, 'nama' | 'telp' | 'email' | 'instansi'>) {
  return { nama: nama.trim(), telp: telp.trim(), email: email.trim(), instansi: instansi.trim() };
}
