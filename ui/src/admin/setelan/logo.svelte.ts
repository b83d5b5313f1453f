/**
 * The school's logo: sent as soon as it is chosen, because a picture is no text that can be undone in a form. If
 * somebody else changed it meanwhile, theirs is shown first.
 */
import { base64 } from '../../api/base64';
import { logoFile } from '../../api/laporan';
import { codeOf, type Failure, type Result } from '../../api/result';
import { removeLogo, setLogo } from '../../api/setelan';
import { t } from '../../i18n/admin_setelan';
import { failureText, fieldTexts } from '../../i18n/failure';
import type { SetelanForm } from './setelan_form.svelte';

/** The server refuses more, too. */
const MAX_BYTES = 512 * 1024;
export const LOGO_TYPES = ['image/png', 'image/jpeg'];

type Send = (versi: number) => Promise<Result<unknown>>;

export class Logo {
  /** An address of the page's own; empty if there is no logo to show. */
  url = $state('');
  busy = $state(false);
  error = $state('');
  #shown: string | null = null;

  constructor(private readonly form: Pick<SetelanForm, 'setelan' | 'loading'>) {}

  /** Shows the logo that was set at a time; null: there is none. */
  async show(set_at: string | null): Promise<void> {
    if (set_at === this.#shown) return;
    this.#shown = set_at;
    const file = set_at === null ? undefined : await logoFile();
    if (this.#shown !== set_at) return;
    this.#forget();
    if (file?.ok) this.url = URL.createObjectURL(file.data);
  }

  /** Whether it was taken. */
  async choose(file: File): Promise<boolean> {
    this.error = '';
    if (!LOGO_TYPES.includes(file.type)) this.error = t.logo.jenis;
    else if (file.size > MAX_BYTES) this.error = t.logo.besar;
    if (this.error) return false;
    const berkas = await base64(file);
    return this.#change((versi) => setLogo(berkas, versi));
  }

  /** Whether it is gone. */
  remove(): Promise<boolean> {
    return this.#change((versi) => removeLogo(versi));
  }

  stop(): void {
    this.#shown = null;
    this.#forget();
  }

  async #change(send: Send): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = '';
    const done = await this.#sent(send);
    if (done) this.error = done.ok ? '' : refusal(done.failure);
    else this.error = t.logo.bentrok;
    if (done?.ok) await this.form.loading.load();
    this.busy = false;
    return done?.ok ?? false;
  }

  /** Undefined if somebody else changed the logo. Other settings that were changed do not matter. */
  async #sent(send: Send): Promise<Result<unknown> | undefined> {
    const before = this.form.setelan;
    const done = await send(before?.versi ?? 0);
    if (done.ok || codeOf(done.failure) !== 'versi_usang') return done;
    await this.form.loading.load();
    const now = this.form.setelan;
    return now?.logo === before?.logo ? send(now?.versi ?? 0) : undefined;
  }

  #forget(): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = '';
  }
}

function refusal(failure: Failure): string {
  if (codeOf(failure) === 'terlalu_besar') return t.logo.besar;
  const { logo, berkas } = fieldTexts(failure);
  return (logo ?? berkas) ? t.logo.rusak : failureText(failure);
}
