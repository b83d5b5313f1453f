/** Guests who were answered while another one was on screen. Each is shown once the screen is free. */
export class Unshown {
  #ids: number[] = [];

  add(id: number): void {
    this.#ids = [...this.#ids.filter((known) => known !== id), id];
  }

  /** Takes the guest who waits longest. Drops those who are gone. */
  next(isHere: (id: number) => boolean): number | undefined {
    const [next, ...rest] = this.#ids.filter(isHere);
    this.#ids = rest;
    return next;
  }

  /** Drops a guest whose answer is on screen. */
  drop(id: number): void {
    this.#ids = this.#ids.filter((known) => known !== id);
  }

  clear(): void {
    this.#ids = [];
  }
}
