/** The school as the register's server tells it, beside the settings: what is taken over is chosen line by line. */
import { tryRegister } from '../../api/setelan';
import type { Kop, SekolahInfo } from '../../api/types';
import { penggunaCodeText, penggunaFieldTexts } from '../../i18n/admin_pengguna';
import { t } from '../../i18n/admin_setelan';
import { failureText } from '../../i18n/failure';
import type { SetelanForm } from './setelan_form.svelte';

export const LINES = ['nama', 'npsn', 'alamat', 'telepon', 'email'] as const;
export type LineName = (typeof LINES)[number];

/** What the register tells and what stands in the form. */
export type RegisterLine = { name: LineName; now: string; told: string };

export class Register {
  alamat = $state('');
  npsn = $state('');
  token = $state('');
  busy = $state(false);
  errors = $state.raw<Record<string, string>>({});
  message = $state('');
  sekolah = $state.raw<SekolahInfo>();
  chosen = $state.raw<LineName[]>([]);
  /** Lines of which the register says something else. */
  readonly lines: RegisterLine[] = $derived.by(() => {
    const { sekolah } = this;
    if (!sekolah) return [];
    const all = LINES.map((name) => ({ name, now: this.#now(name), told: sekolah[name].trim() }));
    return all.filter(({ now, told }) => told !== '' && told !== now.trim());
  });

  constructor(private readonly form: SetelanForm) {
    this.npsn = form.draft.npsn;
  }

  async ask(): Promise<void> {
    if (this.busy) return;
    const where = { alamat: this.alamat.trim(), npsn: this.npsn.trim(), token: this.token.trim() };
    const missing = Object.entries(where).filter(([, text]) => !text);
    this.errors = Object.fromEntries(missing.map(([field]) => [field, penggunaCodeText('wajib') ?? '']));
    this.message = '';
    if (missing.length > 0) return;
    this.busy = true;
    const asked = await tryRegister(where);
    this.busy = false;
    if (!asked.ok) {
      this.errors = penggunaFieldTexts(asked.failure);
      if (Object.keys(this.errors).length === 0) this.message = failureText(asked.failure);
    } else if (asked.data.sekolah) {
      this.sekolah = asked.data.sekolah;
      this.chosen = this.lines.map(({ name }) => name);
      // It is not needed any more.
      this.token = '';
    } else this.message = penggunaCodeText(asked.data.kode ?? undefined) ?? t.dapodik.gagal;
  }

  typed(field: string): void {
    this.errors = Object.fromEntries(Object.entries(this.errors).filter(([name]) => name !== field));
    this.message = '';
  }

  choose(name: LineName, is_chosen: boolean): void {
    const others = this.chosen.filter((one) => one !== name);
    this.chosen = is_chosen ? [...others, name] : others;
  }

  /** Puts what was chosen into the form. It is saved, and can be undone, like anything that is typed there. */
  take(): void {
    for (const { name, told } of this.lines) if (this.chosen.includes(name)) this.#put(name, told);
  }

  #now(name: LineName): string {
    const { draft } = this.form;
    if (name === 'nama') return draft.nama_sekolah;
    if (name === 'npsn' || name === 'alamat') return draft[name];
    return draft.kop[name === 'telepon' ? 'telp' : 'email'];
  }

  #put(name: LineName, told: string): void {
    const { form } = this;
    if (name === 'nama') form.set('nama_sekolah', told);
    else if (name === 'npsn' || name === 'alamat') form.set(name, told);
    else {
      const part: Partial<Kop> = name === 'telepon' ? { telp: told } : { email: told };
      form.set('kop', { ...form.draft.kop, ...part });
    }
  }
}
