/** What a screen reader says at once, whichever dialog is open. The screen shows it too. */

const SAID_MS = 10_000;

class Announcer {
  text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    // The same words are said again.
    this.text = this.text === text ? `${text}\u00a0` : text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = ''), SAID_MS);
  }
}

export const announcer = new Announcer();
