/** Guests who were answered while another one was on screen: each is shown once the screen is free. */
export class Unshown {
  #ids: number[] = [];

  add(id: number): void {
    this.#ids = [...this.#ids.filter((known) => known !== id), id];
  }

  /** The one who waits longest; those who are gone meanwhile are dropped. */
  next(isHere: (id: number) => boolean): number | undefined {
    const [next, ...rest] = this.#ids.filter(isHere);
    this.#ids = rest;
    return next;
  }

  /** The answer is on the screen. */
  drop(id: number): void {
    this.#ids = this.#ids.filter((known) => known !== id);
  }

  clear(): void {
    this.#ids = [];
  }
}
