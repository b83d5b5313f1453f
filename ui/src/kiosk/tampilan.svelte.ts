/** The desk's screen: one at a time, each for its time, and what comes after it. */
import type { JanjiTemu } from '../api/types';
import { BelumTampil } from './belum_tampil';
import { diLokasi, HariIni, perluPilihan } from './hari_ini.svelte';
import { HitungMundur } from './hitung_mundur.svelte';
import { arrival, KEMBALI_DETIK, type Asal, type Layar, type Saring } from './layar';
import type { TanpaJanji } from './tanpa_janji.svelte';
import { Terakhir } from './terakhir.svelte';

/** The rest of the reading, once a guru has answered. */
const ANSWER_SECONDS = 15;
/** A walk-in photographs the code for leaving. */
const PHOTOGRAPH_SECONDS = 45;

export class Tampilan {
  screen = $state.raw<Layar>({ jenis: 'siap' });
  /** The form of a guest without an appointment, while it is open. */
  langsung = $state.raw<TanpaJanji>();

  readonly hariIni = new HariIni();
  readonly mundur = new HitungMundur(() => this.kembali());

  /** The appointment on screen, as new as it is known. */
  readonly janjiTemu = $derived('id' in this.screen ? this.hariIni.find(this.screen.id) : undefined);

  /** Counts what takes the screen: an answer to what came before shows nothing any more. */
  protected giliran = 0;

  readonly #unshown = new BelumTampil();
  readonly #terakhir = new Terakhir();
  /** A form that a guest's code interrupted. */
  #terputus: TanpaJanji | undefined;

  /** Who was on screen before something could not be read, while that is still of use. */
  readonly sebelumnya = $derived(this.#terakhir.screen && this.hariIni.find(this.#terakhir.screen.id));

  /** The guest before is shown once more. */
  tampilkanLagi(): void {
    if (this.#terakhir.screen && this.sebelumnya) this.open(this.#terakhir.screen);
  }

  /** The guest who is asked whether they have met says no: nothing changes. */
  masihMenunggu(id: number): void {
    this.open(arrival(id, 'petugas'));
    this.#holdForChoice();
  }

  /** Its screen is closed, where it is still the one that is open. */
  tinggalkan(id: number): void {
    if ('id' in this.screen && this.screen.id === id) this.kembali();
  }

  bukaCari(filter?: Saring): void {
    this.open({ jenis: 'cari', ...(filter ? { filter } : {}) });
  }

  /**
   * The screen is closed, or its time is over: what gurus answered meanwhile comes next, then the form that a guest's code
   * interrupted, else the idle screen.
   */
  kembali(): void {
    this.giliran += 1;
    const answered = this.#unshown.next((id) => {
      const row = this.hariIni.find(id);
      return row !== undefined && diLokasi(row);
    });
    if (answered !== undefined) this.#showAnswer(answered);
    else if (this.#terputus) this.openForm(this.#terputus);
    else this.open({ jenis: 'siap' });
  }

  protected open(screen: Layar): void {
    this.screen = screen;
    if (screen.jenis === 'datang') this.#unshown.drop(screen.id);
    if (screen.jenis !== 'langsung') this.langsung = undefined;
    const seconds = KEMBALI_DETIK[screen.jenis];
    if (seconds) this.mundur.start(seconds);
    else this.mundur.stop();
  }

  protected openForm(form: TanpaJanji): void {
    this.#terputus = undefined;
    this.langsung = form;
    this.open({ jenis: 'langsung' });
  }

  /** A code is asked about: what the last guest saw is not for the next one, and a form comes back afterwards. */
  protected openChecking(): void {
    if (this.langsung?.berisi) this.#terputus = this.langsung;
    this.open({ jenis: 'memeriksa' });
  }

  protected arrived(row: JanjiTemu, asal: Asal): void {
    this.open(this.#terakhir.keep(arrival(row.id, asal)));
    if (asal === 'langsung' && row.telp) this.mundur.start(PHOTOGRAPH_SECONDS);
    this.#holdForChoice();
  }

  /** One came whose screen is not shown. */
  protected cameUnseen(id: number): void {
    this.#terakhir.keep(arrival(id, 'kode'));
  }

  protected left(id: number, already: boolean, ulasan_url?: string): void {
    this.open(this.#terakhir.keep({ jenis: 'pulang', id, already, ...(ulasan_url ? { ulasan_url } : {}) }));
  }

  /** A guru has answered a guest who is here: it is shown now, or once the screen is free. */
  protected answered(id: number): void {
    const { screen } = this;
    const is_own = 'id' in screen && screen.id === id;
    if (screen.jenis === 'datang' && is_own) {
      this.mundur.extend(ANSWER_SECONDS);
      this.#holdForChoice();
    } else if (screen.jenis === 'siap' || (screen.jenis === 'sudah_datang' && is_own)) this.#showAnswer(id);
    else this.#unshown.add(id);
  }

  /** The desk is closed: nothing of it is shown to whoever opens it next. */
  protected forget(): void {
    this.hariIni.clear();
    this.#terputus = undefined;
    this.#terakhir.clear();
    this.#unshown.clear();
    this.kembali();
  }

  /** The guest waits in the lobby and looks at this screen: it shows the answer by itself. */
  #showAnswer(id: number): void {
    this.open({ ...arrival(id, 'petugas'), reply: true });
    this.mundur.start(ANSWER_SECONDS);
    this.#holdForChoice();
  }

  /** While the receptionist has to choose, nothing counts down; scanning goes on. */
  #holdForChoice(): void {
    const { screen, janjiTemu } = this;
    if (screen.jenis === 'datang' && janjiTemu && perluPilihan(janjiTemu)) this.mundur.stop();
  }
}
