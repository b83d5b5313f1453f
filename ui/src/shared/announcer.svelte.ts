/** What a screen reader says at once, whichever view or dialog is open. What it says can be read on screen too. */

const SAID_MS = 10_000;

class Announcer {
  text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    // The same words once more are said once more.
    this.text = this.text === text ? `${text}\u00a0` : text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = ''), SAID_MS);
  }
}

export const announcer = new Announcer();
