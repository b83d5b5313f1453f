/** What kept the program from starting: told, mended and tried again, or everything is set up anew. */
import type { Finish, Trouble, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { Formulir, type FieldErrors } from './formulir.svelte';

export class Kendala extends Formulir<'port'> {
  /** Undefined until it is known, `null` where there is none. */
  ada = $state.raw<Trouble | null>();
  port = $state('');
  mencoba = $state(false);
  /** It starts, and this window closes. */
  beres = $state(false);

  /** Another port helps where the port is in the way. */
  readonly ganti_port = $derived(this.ada?.reason === 'port_dipakai' || this.ada?.reason === 'port_ditolak');

  constructor(private readonly wizard: Wizard) {
    super();
  }

  async lihat(): Promise<void> {
    const ada = await this.wizard.trouble().catch(() => null);
    this.#take(ada);
  }

  async cobaLagi(): Promise<void> {
    if (this.mencoba || this.beres || !this.ada || !this.terima()) return;
    this.mencoba = true;
    const port = this.ganti_port ? Number(this.port) : null;
    const lost: Finish = { ok: false, reason: 'lain', field: null, detail: '' };
    const tried = await this.wizard
      .retry(port)
      .catch((error: unknown) => ({ ...lost, detail: String(error) }));
    this.beres = tried.ok;
    if (!tried.ok) await this.#again(tried.detail);
    this.mencoba = false;
  }

  /** To the questions of the first start. */
  dariAwal(): void {
    if (!this.mencoba && !this.beres) this.ada = null;
  }

  protected content(): string {
    return this.port;
  }

  protected periksa(): FieldErrors<'port'> {
    const port = Number(this.port);
    const sound = /^\d{1,5}$/.test(this.port.trim()) && port >= 1 && port <= 65535;
    return this.ganti_port && !sound ? { port: t.admin.port_salah } : {};
  }

  /** Whatever is in the way now, it may be something else. */
  async #again(detail: string): Promise<void> {
    const before = this.ada;
    const ada = await this.wizard.trouble().catch(() => undefined);
    this.#take(ada ?? (before ? { ...before, reason: 'lain', detail } : null));
  }

  #take(ada: Trouble | null): void {
    this.ada = ada;
    this.port = ada?.port?.toString() ?? '';
  }
}
