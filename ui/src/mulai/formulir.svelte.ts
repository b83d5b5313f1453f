/** One step's fields: nothing is called wrong before somebody wants to go on, and then only while it is. */
export type FieldErrors<Field extends string> = Partial<Record<Field, string>>;

export abstract class Formulir<Field extends string> {
  #diperiksa = $state(false);
  /** What only the program could tell; about that value and no other. */
  #ditolak = $state.raw<{ field: Field; value: string; text: string }>();

  readonly errors: FieldErrors<Field> = $derived.by(() => {
    const errors: FieldErrors<Field> = this.#diperiksa ? this.periksa() : {};
    const { field, value, text } = this.#ditolak ?? {};
    if (field && text && !errors[field] && this.content(field) === value) errors[field] = text;
    return errors;
  });

  /** Whether it may go on; from now on what is wrong is shown. */
  terima(): boolean {
    this.#diperiksa = true;
    // What was refused may be taken the next time: another program has left the port.
    this.#ditolak = undefined;
    return Object.keys(this.periksa()).length === 0;
  }

  tolak(field: Field, text: string): void {
    this.#ditolak = { field, value: this.content(field), text };
  }

  protected abstract content(field: Field): string;

  /** What is wrong with each field; nothing where all is well. */
  protected abstract periksa(): FieldErrors<Field>;
}
