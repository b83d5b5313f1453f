/** Going back to a backup: asked for with the own password, followed until everybody signs in again. */
import { getPemulihan, startPemulihan } from '../../api/pemulihan';
import { codeOf, isTrouble, type Failure } from '../../api/result';
import type { Pemulihan } from '../../api/types';

/** How often one that is under way is looked at. */
const LOOK_MS = 1000;

/** The backup that was chosen. */
export type Chosen = { nama: string; dibuat_pada: string };

export class Restore {
  state = $state.raw<Pemulihan>();
  /** The backup that is asked about. */
  chosen = $state.raw<Chosen>();
  password = $state('');
  is_understood = $state(false);
  is_asking = $state(false);
  failure = $state.raw<Failure>();
  /** The server is away while the restored school takes its place. */
  is_switching = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #is_over = false;

  readonly running = $derived(this.state?.berjalan ?? undefined);
  readonly by_command = $derived(this.state?.lewat_perintah ?? false);
  readonly last = $derived(this.state?.terakhir ?? undefined);
  readonly failed = $derived(this.state?.gagal ?? undefined);
  readonly is_wrong_password = $derived(
    this.failure !== undefined && codeOf(this.failure) === 'kredensial_salah',
  );
  readonly can_start = $derived(this.is_understood && this.password !== '');

  async start(): Promise<void> {
    this.#is_over = false;
    await this.#look();
  }

  stop(): void {
    this.#is_over = true;
    clearTimeout(this.#timer);
    this.close();
  }

  choose(chosen: Chosen): void {
    this.chosen = chosen;
  }

  /** Forgets what was typed. */
  close(): void {
    this.chosen = undefined;
    this.password = '';
    this.is_understood = false;
    this.failure = undefined;
  }

  async go(): Promise<void> {
    const { chosen, password } = this;
    if (!chosen || !this.can_start || this.is_asking) return;
    this.is_asking = true;
    this.failure = undefined;
    const begun = await startPemulihan(chosen.nama, password);
    this.is_asking = false;
    this.password = '';
    if (!begun.ok) {
      this.failure = begun.failure;
      return;
    }
    this.close();
    this.#keep(begun.data);
  }

  #keep(state: Pemulihan): void {
    this.state = state;
    this.is_switching = state.berjalan?.tahap === 'menukar';
    this.#again(state.berjalan !== null && state.berjalan !== undefined);
  }

  #again(is_wanted: boolean): void {
    clearTimeout(this.#timer);
    if (is_wanted && !this.#is_over) this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
  }

  async #look(): Promise<void> {
    const looked = await getPemulihan();
    if (this.#is_over) return;
    if (looked.ok) {
      this.#keep(looked.data);
      return;
    }
    // It is away because its place is being taken. Once it is back, this session is over, and the page says so.
    this.is_switching = this.running !== undefined && isTrouble(looked.failure);
    this.#again(isTrouble(looked.failure));
  }
}
