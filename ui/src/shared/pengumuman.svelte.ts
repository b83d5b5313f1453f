/** What a screen reader says at once, whichever view or dialog is open. What it says can be read on screen too. */

const SAID_MS = 10_000;

class Pengumuman {
  teks = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(teks: string): void {
    // The same words once more are said once more.
    this.teks = this.teks === teks ? `${teks}\u00a0` : teks;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.teks = ''), SAID_MS);
  }
}

export const pengumuman = new Pengumuman();
