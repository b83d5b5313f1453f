/** The desk's screen: one at a time, each for its time, and what comes after it. */
import type { JanjiTemu } from '../api/types';
import { Unshown } from './unshown';
import { isOnSite, Today, needsChoice } from './today.svelte';
import { Countdown } from './countdown.svelte';
import { arrival, IDLE_AFTER_SECONDS, type Origin, type Screen, type BookFilter } from './screen';
import type { WalkInForm } from './walk_in_form.svelte';
import { LastTamu } from './last_tamu.svelte';

/** The rest of the reading, once a guru has answered. */
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

  /** Counts what takes the screen: an answer to what came before shows nothing any more. */
  protected turn = 0;

  readonly #unshown = new Unshown();
  readonly #last_tamu = new LastTamu();
  /** A form that a guest's code interrupted. */
  #interrupted_form: WalkInForm | undefined;

  /** Who was on screen before something could not be read, while that is still of use. */
  readonly previous_kunjungan = $derived(
    this.#last_tamu.screen && this.today.find(this.#last_tamu.screen.id),
  );

  /** The guest before is shown once more. */
  showAgain(): void {
    if (this.#last_tamu.screen && this.previous_kunjungan) this.open(this.#last_tamu.screen);
  }

  /** The guest who is asked whether they have met says no: nothing changes. */
  stillWaiting(id: number): void {
    this.open(arrival(id, 'petugas'));
    this.#holdForChoice();
  }

  /** Its screen is closed, where it is still the one that is open. */
  leave(id: number): void {
    if ('id' in this.screen && this.screen.id === id) this.goBack();
  }

  openSearch(filter?: BookFilter): void {
    this.open({ jenis: 'cari', ...(filter ? { filter } : {}) });
  }

  /**
   * The screen is closed, or its time is over: what gurus answered meanwhile comes next, then the form that a guest's code
   * interrupted, else the idle screen.
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

  /** A code is asked about: what the last guest saw is not for the next one, and a form comes back afterwards. */
  protected openChecking(): void {
    if (this.langsung?.is_filled) this.#interrupted_form = this.langsung;
    this.open({ jenis: 'memeriksa' });
  }

  protected arrived(row: JanjiTemu, origin: Origin): void {
    this.open(this.#last_tamu.keep(arrival(row.id, origin)));
    if (origin === 'langsung' && row.telp) this.countdown.start(PHOTOGRAPH_SECONDS);
    this.#holdForChoice();
  }

  /** One came whose screen is not shown. */
  protected cameUnseen(id: number): void {
    this.#last_tamu.keep(arrival(id, 'kode'));
  }

  protected left(id: number, already: boolean, ulasan_url?: string): void {
    this.open(this.#last_tamu.keep({ jenis: 'pulang', id, already, ...(ulasan_url ? { ulasan_url } : {}) }));
  }

  /** A guru has answered a guest who is here: it is shown now, or once the screen is free. */
  protected answered(id: number): void {
    const { screen } = this;
    const is_own = 'id' in screen && screen.id === id;
    if (screen.jenis === 'datang' && is_own) {
      this.countdown.extend(ANSWER_SECONDS);
      this.#holdForChoice();
    } else if (screen.jenis === 'siap' || (screen.jenis === 'sudah_datang' && is_own)) this.#showAnswer(id);
    else this.#unshown.add(id);
  }

  /** The desk is closed: nothing of it is shown to whoever opens it next. */
  protected forget(): void {
    this.today.clear();
    this.#interrupted_form = undefined;
    this.#last_tamu.clear();
    this.#unshown.clear();
    this.goBack();
  }

  /** The guest waits in the lobby and looks at this screen: it shows the answer by itself. */
  #showAnswer(id: number): void {
    this.open({ ...arrival(id, 'petugas'), reply: true });
    this.countdown.start(ANSWER_SECONDS);
    this.#holdForChoice();
  }

  /** While the receptionist has to choose, nothing counts down; scanning goes on. */
  #holdForChoice(): void {
    const { screen, janjiTemu } = this;
    if (screen.jenis === 'datang' && janjiTemu && needsChoice(janjiTemu)) this.countdown.stop();
  }
}
