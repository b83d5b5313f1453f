/** The entries of the audit on screen: those that the address asks for. */
import { checkChain, exportAudit, listAudit, type AuditFilter } from '../../api/audit';
import { everyPengguna } from '../../api/pengguna';
import type { Failure, Result } from '../../api/result';
import type { CatatanAudit, Pengguna, RantaiAudit } from '../../api/types';
import { t } from '../../i18n/admin_audit';
import { Loading } from '../../shared/loading.svelte';
import { keepFile } from '../keep_file';
import { hrefOf } from '../route.svelte';
import { addressOf, parseAddress, type AuditAddress } from './audit_address';

export const PAGE_SIZE = 25;
/** Filtered entries are counted up to here. */
export const COUNTED = 10_000;
const AFTER_MS = 350;

export class AuditList {
  address = $state.raw<AuditAddress>({ filter: {}, page: 1 });
  q = $state('');
  rows = $state.raw<CatatanAudit[]>([]);
  total = $state(0);
  whole = $state(true);
  chain = $state.raw<RantaiAudit | null>(null);
  users = $state.raw<Pengguna[]>([]);
  opened = $state<number>();
  checking = $state(false);
  exporting = $state(false);
  /** Why a check or an export did not succeed. */
  failure = $state.raw<Failure>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly loading = new Loading((isOver) => this.#load(isOver));

  readonly is_filtered = $derived(Object.keys(this.address.filter).length > 0);

  start(): void {
    void this.#loadUsers();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.loading.forget();
    this.rows = [];
  }

  /** Shows what the address asks for. */
  follow(rest: string): void {
    const address = parseAddress(rest);
    this.address = address;
    // Whoever is still typing is not interrupted.
    if (this.#timer === undefined) this.q = address.filter.q ?? '';
    this.opened = undefined;
    void this.loading.load();
  }

  /** Changes the address, and with it the list. An empty value drops its filter. */
  choose(changes: Partial<Record<keyof AuditFilter, string | number | undefined>>): void {
    const merged = Object.entries({ ...this.address.filter, ...changes });
    const filter: AuditFilter = Object.fromEntries(
      merged.filter(([, value]) => value !== undefined && value !== ''),
    );
    location.hash = hrefOf('audit', addressOf({ filter, page: 1 }));
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.choose({ q: this.q.trim() });
    }, AFTER_MS);
  }

  goTo(page: number): void {
    location.hash = hrefOf('audit', addressOf({ ...this.address, page }));
  }

  toggle(row: CatatanAudit): void {
    this.opened = this.opened === row.id ? undefined : row.id;
  }

  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    const checked = await checkChain();
    this.checking = false;
    this.failure = checked.ok ? undefined : checked.failure;
    if (!checked.ok) return;
    this.chain = checked.data;
    this.whole = checked.data.utuh;
  }

  async export(): Promise<void> {
    if (this.exporting) return;
    this.exporting = true;
    const content = await exportAudit(this.address.filter);
    this.exporting = false;
    this.failure = content.ok ? undefined : content.failure;
    if (content.ok) await keepFile(t.nama_berkas, content.data);
  }

  async #loadUsers(): Promise<void> {
    const users = await everyPengguna();
    if (users.ok) this.users = users.data;
  }

  async #load(isOver: () => boolean): Promise<Result<unknown>> {
    const { filter, page } = this.address;
    const listed = await listAudit(filter, page, PAGE_SIZE);
    if (listed.ok && !isOver()) {
      this.rows = listed.data.data;
      this.total = listed.data.total;
      this.whole = listed.data.utuh;
      this.chain = listed.data.rantai ?? null;
    }
    return listed;
  }
}
