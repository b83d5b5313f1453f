/** The way to a server on another PC: found in the network or typed, then looked at, and kept once a person says so. */
import { SvelteMap } from 'svelte/reactivity';
import type { Address, Fingerprint, Sighting, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { StepForm, type FieldErrors } from './step_form.svelte';

export type FoundServer = Extract<Sighting, { type: 'found' }>;

/** A server that answers. Its certificate's fingerprint is as it answered, not as somebody announced it. */
export type ChosenServer = Address & { nama: string };

type LookFailure = Extract<Fingerprint, { ok: false }>['reason'] | 'lain';

/** Stands for the typed address where a name of the network's would. */
const TYPED = '';

export class ServerChoice extends StepForm<'alamat'> {
  alamat = $state('');
  /** This network lets nobody look. */
  cannot_look = $state(false);
  chosen = $state.raw<ChosenServer>();
  /** Which is being looked at, by name. */
  #looking_at = $state<string>();
  #failure = $state.raw<{ name: string; reason: LookFailure }>();
  readonly #found = new SvelteMap<string, FoundServer>();
  /** The newest look decides. */
  #looks = 0;

  readonly list = $derived(
    [...this.#found.values()].sort((a, b) => a.nama.localeCompare(b.nama) || a.name.localeCompare(b.name)),
  );
  readonly is_checking = $derived(this.#looking_at !== undefined);

  constructor(private readonly wizard: Wizard) {
    super();
  }

  /** Looks as long as it is wanted; gives what ends that. */
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

  /** Why this one could not be taken, where it could not. */
  failureOf(server: FoundServer): string | undefined {
    return this.#failure?.name === server.name ? t.server.gagal[this.#failure.reason] : undefined;
  }

  /** Takes the first of its addresses that answers; whether one did. */
  choose(server: FoundServer): Promise<boolean> {
    const urls = server.addresses.map(({ url }) => url);
    return this.#look(server.name, server.nama, urls);
  }

  /** Takes what was typed; whether something answered there. */
  async takeTyped(): Promise<boolean> {
    if (!this.accept()) return false;
    const taken = await this.#look(TYPED, '', [this.alamat.trim()]);
    if (this.#failure?.name === TYPED) this.refuse('alamat', t.server.gagal[this.#failure.reason]);
    return taken;
  }

  /** Whatever is being looked at does not matter any more. */
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
