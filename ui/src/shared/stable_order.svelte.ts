/** An order that keeps still as long as a hand is on it: what is new comes last, nothing changes places. */
export class StableOrder {
  held = $state(false);
  #before: number[] = [];

  /** Rows in the order they shall have, put into the one they may have now. */
  of<Row extends { id: number }>(rows: Row[]): Row[] {
    const kept = this.held ? this.#before : [];
    const place = ({ id }: Row) => (kept.includes(id) ? kept.indexOf(id) : kept.length);
    const ordered = rows.toSorted((a, b) => place(a) - place(b));
    this.#before = ordered.map(({ id }) => id);
    return ordered;
  }
}
