/** A school that begins from a backup: its file, the code on the recovery sheet, and how far it is. */
import type { Begun, FoundBackup, RestoredSchool, RestoreProgress, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { isPort } from '../shared/port';
import { PORT } from './admin_form.svelte';
import { StepForm, type FieldErrors } from './step_form.svelte';

type Field = 'cadangan' | 'kode' | 'port';

/** Letters and digits of the code, without hyphens and spaces. */
const CODE_LENGTH = 32;
const LOOK_MS = 500;

export class RestoreForm extends StepForm<Field> {
  /** Where the backup is: chosen, or typed. */
  cadangan = $state('');
  kode = $state('');
  port = $state(PORT);
  shows_advanced = $state(false);
  /** What the backup says of itself. */
  found = $state.raw<FoundBackup>();
  is_looking = $state(false);
  is_restoring = $state(false);
  progress = $state.raw<RestoreProgress>();
  /** The school that was restored, and from what. */
  school = $state.raw<RestoredSchool>();
  /** Why it failed, where no field is to blame. */
  failure = $state.raw<Extract<Begun, { ok: false }>>();
  #restored_from = '';
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly wizard: Wizard) {
    super();
  }

  get busy(): boolean {
    return this.is_looking || this.is_restoring;
  }

  /** Whether what is typed now has been restored already. */
  get is_restored(): boolean {
    return this.school !== undefined && this.#restored_from === this.#typed();
  }

  /** Asks for the file. */
  async choose(): Promise<void> {
    if (!this.busy) await this.#look(null);
  }

  /** Restores; whether the school is there. */
  async begin(): Promise<boolean> {
    if (this.busy || !this.accept()) {
      if (this.errors.port) this.shows_advanced = true;
      return false;
    }
    if (this.is_restored) return true;
    if (this.found?.path !== this.cadangan.trim() && !(await this.#look(this.cadangan.trim()))) return false;
    return this.#restore();
  }

  protected valueOf(field: Field): string {
    return this[field];
  }

  protected check(): FieldErrors<Field> {
    const letters = this.kode.replace(/[\s-]/g, '').length;
    return {
      ...(this.cadangan.trim() ? {} : { cadangan: t.cadangan.kosong }),
      ...(letters === CODE_LENGTH ? {} : { kode: t.cadangan.kode_panjang(letters) }),
      ...(isPort(this.port) ? {} : { port: t.admin.port_salah }),
    };
  }

  #typed(): string {
    return `${this.cadangan.trim()}\n${this.kode.trim()}`;
  }

  async #look(path: string | null): Promise<boolean> {
    this.is_looking = true;
    this.failure = undefined;
    const looked = await this.wizard.backup(path).catch((error: unknown) => lost(error));
    this.is_looking = false;
    if (!looked.ok) {
      this.found = undefined;
      this.#refused(looked);
      return false;
    }
    if (!looked.found) return false;
    this.found = looked.found;
    this.cadangan = looked.found.path;
    return true;
  }

  async #restore(): Promise<boolean> {
    this.is_restoring = true;
    this.failure = undefined;
    this.progress = undefined;
    this.#timer = setInterval(() => void this.#watch(), LOOK_MS);
    const begun = await this.wizard
      .restore(this.cadangan.trim(), this.kode)
      .catch((error: unknown) => lost(error));
    clearInterval(this.#timer);
    this.is_restoring = false;
    if (!begun.ok) {
      this.#refused(begun);
      return false;
    }
    this.school = begun.school;
    this.#restored_from = this.#typed();
    return true;
  }

  async #watch(): Promise<void> {
    const progress = await this.wizard.restoreProgress().catch(() => null);
    if (this.is_restoring && progress) this.progress = progress;
  }

  #refused(refusal: Extract<Begun, { ok: false }>): void {
    if (refusal.reason === 'berkas_cadangan') this.refuse('cadangan', t.gagal.berkas_cadangan);
    else if (refusal.reason === 'kode_pemulihan') this.refuse('kode', t.gagal.kode_pemulihan);
    else this.failure = refusal;
  }
}

function lost(error: unknown): Extract<Begun, { ok: false }> {
  return { ok: false, reason: 'lain', field: null, detail: String(error) };
}
