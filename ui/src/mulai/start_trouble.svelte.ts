/** What kept the program from starting. It can be mended and tried again, or everything is set up anew. */
import type { Finish, Trouble, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { isPort } from '../shared/port';
import { StepForm, type FieldErrors } from './step_form.svelte';

export class StartTrouble extends StepForm<'port'> {
  /** Undefined until it is known; null if there is none. */
  current = $state.raw<Trouble | null>();
  port = $state('');
  is_retrying = $state(false);
  /** It starts, and this window closes. */
  is_mended = $state(false);

  /** Whether another port would help. */
  readonly needs_port = $derived(
    this.current?.reason === 'port_dipakai' || this.current?.reason === 'port_ditolak',
  );

  constructor(private readonly wizard: Wizard) {
    super();
  }

  async look(): Promise<void> {
    const current = await this.wizard.trouble().catch(() => null);
    this.#take(current);
  }

  async tryAgain(): Promise<void> {
    if (this.is_retrying || this.is_mended || !this.current || !this.accept()) return;
    this.is_retrying = true;
    const port = this.needs_port ? Number(this.port) : null;
    const lost: Finish = { ok: false, reason: 'lain', field: null, detail: '' };
    const tried = await this.wizard
      .retry(port)
      .catch((error: unknown) => ({ ...lost, detail: String(error) }));
    this.is_mended = tried.ok;
    if (!tried.ok) await this.#again(tried.detail);
    this.is_retrying = false;
  }

  /** Goes to the questions of the first start. */
  startOver(): void {
    if (!this.is_retrying && !this.is_mended) this.current = null;
  }

  protected valueOf(): string {
    return this.port;
  }

  protected check(): FieldErrors<'port'> {
    return this.needs_port && !isPort(this.port) ? { port: t.admin.port_salah } : {};
  }

  /** Asks what is in the way now. It may be something else. */
  async #again(detail: string): Promise<void> {
    const before = this.current;
    const current = await this.wizard.trouble().catch(() => undefined);
    this.#take(current ?? (before ? { ...before, reason: 'lain', detail } : null));
  }

  #take(current: Trouble | null): void {
    this.current = current;
    // What was typed stays, also if it was typed while the last attempt was under way.
    this.port ||= current?.port?.toString() ?? '';
  }
}
