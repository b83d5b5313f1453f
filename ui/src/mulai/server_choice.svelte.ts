/**
 * Chooses a server on another PC. It is found in the network or typed, checked, and kept once a person
 * agrees.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Address, Fingerprint, Sighting, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { StepForm, type FieldErrors } from './step_form.svelte';

export type FoundServer = Extract<Sighting, { type: 'found' }>;

/** A server that answered. The fingerprint is the one it answered with, not an announced one. */
type ChosenServer = Address & { nama: string };

type LookFailure = Extract<Fingerprint, { ok: false }>['reason'] | 'lain';

/** Stands for the typed address in place of a network name. */
const TYPED = '';

export class ServerChoice extends StepForm<'alamat'> {
  alamat = $state('');
  /** The network cannot be searched. */
  cannot_look = $state(false);
  chosen = $state.raw<ChosenServer>();
  /** The name of the server that is being checked. */
  #looking_at = $state<string>();
  #failure = $state.raw<{ name: string; reason: LookFailure }>();
  readonly #found = new SvelteMap<string, FoundServer>();
  /** Counts checks. Only the newest one decides. */
  #looks = 0;

  readonly list = $derived(
    [...this.#found.values()].sort((a, b) => a.nama.localeCompare(b.nama) || a.name.localeCompare(b.name)),
  );
  readonly is_checking = $derived(this.#looking_at !== undefined);

  constructor(private readonly wizard: Wizard) {
    super();
  }

  /** Searches the network until the returned function is called. */
  search(): () => void {
    this.#found.clear();
    this.cannot_look = false;
    return this.wizard.discover((sighting) => {
      if (sighting.type === 'found') this.#found.set(sighting.name, sighting);
      else if (sighting.type === 'lost') this.#found.delete(sighting.name);
      else this.cannot_look = true;
    });
  }

  isLookingAt(server: FoundServer): boolean {
    return this.#looking_at === server.name;
  }

  /** Why this server could not be chosen, if so. */
  failureOf(server: FoundServer): string | undefined {
    return this.#failure?.name === server.name ? t.server.gagal[this.#failure.reason] : undefined;
  }

  /** Chooses the first of its addresses that answers; whether one did. */
  choose(server: FoundServer): Promise<boolean> {
    const urls = server.addresses.map(({ url }) => url);
    return this.#look(server.name, server.nama, urls);
  }

  /** Chooses the typed address; whether a server answered there. */
  async takeTyped(): Promise<boolean> {
    if (!this.accept()) return false;
    const taken = await this.#look(TYPED, '', [this.alamat.trim()]);
    if (this.#failure?.name === TYPED) this.refuse('alamat', t.server.gagal[this.#failure.reason]);
    return taken;
  }

  /** Gives up the check under way. */
  cancel(): void {
    this.#looks += 1;
    this.#looking_at = undefined;
  }

  protected valueOf(): string {
    return this.alamat;
  }

  protected check(): FieldErrors<'alamat'> {
    return this.alamat.trim() ? {} : { alamat: t.server.alamat_kosong };
  }

  async #look(name: string, nama: string, urls: string[]): Promise<boolean> {
    this.cancel();
    const look = this.#looks;
    this.#looking_at = name;
    this.#failure = undefined;
    let reason: LookFailure = 'unreachable';
    for (const url of urls) {
      const found = await this.wizard.fingerprint(url).catch(() => undefined);
      if (look !== this.#looks) return false;
      if (found?.ok) {
        this.#looking_at = undefined;
        this.chosen = { url: found.url, fingerprint: found.fingerprint, nama };
        return true;
      }
      reason = found?.reason ?? 'lain';
    }
    this.#looking_at = undefined;
    this.#failure = { name, reason };
    return false;
  }
}
