/** Keeps the order of rows while somebody uses them. New rows come last. */
export class StableOrder {
  held = $state(false);
  #before: number[] = [];

  /** Puts rows, given in their own order, into the order that they may have now. */
  of<Row extends { id: number }>(rows: Row[]): Row[] {
    const kept = this.held ? this.#before : [];
    const place = ({ id }: Row) => (kept.includes(id) ? kept.indexOf(id) : kept.length);
    const ordered = rows.toSorted((a, b) => place(a) - place(b));
    this.#before = ordered.map(({ id }) => id);
    return ordered;
  }
}
