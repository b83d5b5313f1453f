/** The desk's screens: one at a time, for how long, and what comes next. */
import type { JanjiTemu } from '../api/types';
import { Unshown } from './unshown';
import { isOnSite, Today, needsChoice } from './today.svelte';
import { Countdown } from './countdown.svelte';
import { arrival, IDLE_AFTER_SECONDS, type Origin, type Screen, type BookFilter } from './screen';
import type { WalkInForm } from './walk_in_form.svelte';
import { LastTamu } from './last_tamu.svelte';

/** How long a guru's answer stays at least. */
const ANSWER_SECONDS = 15;
/** A walk-in photographs the code for leaving. */
const PHOTOGRAPH_SECONDS = 45;

export class DeskScreen {
  screen = $state.raw<Screen>({ jenis: 'siap' });
  /** The form of a guest without an appointment, while it is open. */
  langsung = $state.raw<WalkInForm>();

  readonly today = new Today();
  readonly countdown = new Countdown(() => this.goBack());

  /** The appointment on screen, as new as it is known. */
  readonly janjiTemu = $derived('id' in this.screen ? this.today.find(this.screen.id) : undefined);

  /** Counts what takes the screen. An answer to an earlier turn shows nothing. */
  protected turn = 0;

  readonly #unshown = new Unshown();
  readonly #last_tamu = new LastTamu();
  /** A form that a guest's code interrupted. */
  #interrupted_form: WalkInForm | undefined;

  /** Who was on screen before something could not be read, for a while. */
  readonly previous_kunjungan = $derived(
    this.#last_tamu.screen && this.today.find(this.#last_tamu.screen.id),
  );

  /** Shows the previous guest once more. */
  showAgain(): void {
    if (this.#last_tamu.screen && this.previous_kunjungan) this.open(this.#last_tamu.screen);
  }

  /** The guest has not met the guru yet, so nothing changes. */
  stillWaiting(id: number): void {
    this.open(arrival(id, 'petugas'));
    this.#holdForChoice();
  }

  /** Closes the screen of this visit, if it is open. */
  leave(id: number): void {
    if ('id' in this.screen && this.screen.id === id) this.goBack();
  }

  openSearch(filter?: BookFilter): void {
    this.open({ jenis: 'cari', ...(filter ? { filter } : {}) });
  }

  /**
   * Closes the screen. Next come answers that waited, then a form that a guest's code interrupted, then the
   * idle screen.
   */
  goBack(): void {
    this.turn += 1;
    const answered = this.#unshown.next((id) => {
      const row = this.today.find(id);
      return row !== undefined && isOnSite(row);
    });
    if (answered !== undefined) this.#showAnswer(answered);
    else if (this.#interrupted_form) this.openForm(this.#interrupted_form);
    else this.open({ jenis: 'siap' });
  }

  protected open(screen: Screen): void {
    this.screen = screen;
    if (screen.jenis === 'datang') this.#unshown.drop(screen.id);
    if (screen.jenis !== 'langsung') this.langsung = undefined;
    const seconds = IDLE_AFTER_SECONDS[screen.jenis];
    if (seconds) this.countdown.start(seconds);
    else this.countdown.stop();
  }

  protected openForm(form: WalkInForm): void {
    this.#interrupted_form = undefined;
    this.langsung = form;
    this.open({ jenis: 'langsung' });
  }

  /** Clears the screen while a code is checked. A form comes back afterwards. */
  protected openChecking(): void {
    if (this.langsung?.is_filled) this.#interrupted_form = this.langsung;
    this.open({ jenis: 'memeriksa' });
  }

  protected arrived(row: JanjiTemu, origin: Origin): void {
    this.open(this.#last_tamu.keep(arrival(row.id, origin)));
    if (origin === 'langsung' && row.telp) this.countdown.start(PHOTOGRAPH_SECONDS);
    this.#holdForChoice();
  }

  /** Remembers an arrival whose screen is not shown. */
  protected cameUnseen(id: number): void {
    this.#last_tamu.keep(arrival(id, 'kode'));
  }

  protected left(id: number, already: boolean, ulasan_url?: string): void {
    this.open(this.#last_tamu.keep({ jenis: 'pulang', id, already, ...(ulasan_url ? { ulasan_url } : {}) }));
  }

  /** Shows a guru's answer now, or once the screen is free. */
  protected answered(id: number): void {
    const { screen } = this;
    const is_own = 'id' in screen && screen.id === id;
    if (screen.jenis === 'datang' && is_own) {
      this.countdown.extend(ANSWER_SECONDS);
      this.#holdForChoice();
    } else if (screen.jenis === 'siap' || (screen.jenis === 'sudah_datang' && is_own)) this.#showAnswer(id);
    else this.#unshown.add(id);
  }

  /** Forgets everything, so that whoever signs in next sees nothing of it. */
  protected forget(): void {
    this.today.clear();
    this.#interrupted_form = undefined;
    this.#last_tamu.clear();
    this.#unshown.clear();
    this.goBack();
  }

  /** Shows an answer by itself, because the guest waits in the lobby. */
  #showAnswer(id: number): void {
    this.open({ ...arrival(id, 'petugas'), reply: true });
    this.countdown.start(ANSWER_SECONDS);
    this.#holdForChoice();
  }

  /** Stops the countdown while the receptionist has to choose. Scanning goes on. */
  #holdForChoice(): void {
    const { screen, janjiTemu } = this;
    if (screen.jenis === 'datang' && janjiTemu && needsChoice(janjiTemu)) this.countdown.stop();
  }
}
