/** The way to a server on another PC: found in the network or typed, then looked at, and kept once a person says so. */
import { SvelteMap } from 'svelte/reactivity';
import type { Address, Fingerprint, Sighting, Wizard } from '../host/mulai';
import { t } from '../i18n/mulai';
import { Formulir, type FieldErrors } from './formulir.svelte';

export type Terlihat = Extract<Sighting, { type: 'found' }>;

/** A server that answers. Its certificate's fingerprint is as it answered, not as somebody announced it. */
export type Dipilih = Address & { nama: string };

type Sebab = Extract<Fingerprint, { ok: false }>['reason'] | 'lain';

/** Stands for the typed address where a name of the network's would. */
const TYPED = '';

export class PilihServer extends Formulir<'alamat'> {
  alamat = $state('');
  /** This network lets nobody look. */
  tak_bisa = $state(false);
  dipilih = $state.raw<Dipilih>();
  /** Which is being looked at, by name. */
  #diperiksa = $state<string>();
  #failure = $state.raw<{ name: string; sebab: Sebab }>();
  readonly #is_visible = new SvelteMap<string, Terlihat>();
  /** The newest look decides. */
  #looks = 0;

  readonly daftar = $derived(
    [...this.#is_visible.values()].sort(
      (a, b) => a.nama.localeCompare(b.nama) || a.name.localeCompare(b.name),
    ),
  );
  readonly memeriksa = $derived(this.#diperiksa !== undefined);

  constructor(private readonly wizard: Wizard) {
    super();
  }

  /** Looks as long as it is wanted; gives what ends that. */
  search(): () => void {
    this.#is_visible.clear();
    this.tak_bisa = false;
    return this.wizard.discover((sighting) => {
      if (sighting.type === 'found') this.#is_visible.set(sighting.name, sighting);
      else if (sighting.type === 'lost') this.#is_visible.delete(sighting.name);
      else this.tak_bisa = true;
    });
  }

  isDiperiksa(server: Terlihat): boolean {
    return this.#diperiksa === server.name;
  }

  /** Why this one could not be taken, where it could not. */
  gagalnya(server: Terlihat): string | undefined {
    return this.#failure?.name === server.name ? t.server.gagal[this.#failure.sebab] : undefined;
  }

  /** Takes the first of its addresses that answers; whether one did. */
  choose(server: Terlihat): Promise<boolean> {
    const urls = server.addresses.map(({ url }) => url);
    return this.#look(server.name, server.nama, urls);
  }

  /** Takes what was typed; whether something answered there. */
  async ketik(): Promise<boolean> {
    if (!this.terima()) return false;
    const taken = await this.#look(TYPED, '', [this.alamat.trim()]);
    if (this.#failure?.name === TYPED) this.tolak('alamat', t.server.gagal[this.#failure.sebab]);
    return taken;
  }

  /** Whatever is being looked at does not matter any more. */
  batal(): void {
    this.#looks += 1;
    this.#diperiksa = undefined;
  }

  protected content(): string {
    return this.alamat;
  }

  protected periksa(): FieldErrors<'alamat'> {
    return this.alamat.trim() ? {} : { alamat: t.server.alamat_kosong };
  }

  async #look(name: string, nama: string, urls: string[]): Promise<boolean> {
    this.batal();
    const look = this.#looks;
    this.#diperiksa = name;
    this.#failure = undefined;
    let sebab: Sebab = 'unreachable';
    for (const url of urls) {
      const found = await this.wizard.fingerprint(url).catch(() => undefined);
      if (look !== this.#looks) return false;
      if (found?.ok) {
        this.#diperiksa = undefined;
        this.dipilih = { url: found.url, fingerprint: found.fingerprint, nama };
        return true;
      }
      sebab = found?.reason ?? 'lain';
    }
    this.#diperiksa = undefined;
    this.#failure = { name, sebab };
    return false;
  }
}
