/** One step's fields: nothing is called wrong before somebody wants to go on, and then only while it is. */
export type FieldErrors<Field extends string> = Partial<Record<Field, string>>;

export abstract class StepForm<Field extends string> {
  #is_checked = $state(false);
  /** What only the program could tell; about that value and no other. */
  #refused = $state.raw<{ field: Field; value: string; text: string }>();

  readonly errors: FieldErrors<Field> = $derived.by(() => {
    const errors: FieldErrors<Field> = this.#is_checked ? this.check() : {};
    const { field, value, text } = this.#refused ?? {};
    if (field && text && !errors[field] && this.valueOf(field) === value) errors[field] = text;
    return errors;
  });

  /** Whether it may go on; from now on what is wrong is shown. */
  accept(): boolean {
    this.#is_checked = true;
    // What was refused may be taken the next time: another program has left the port.
    this.#refused = undefined;
    return Object.keys(this.check()).length === 0;
  }

  refuse(field: Field, text: string): void {
    this.#refused = { field, value: this.valueOf(field), text };
  }

  protected abstract valueOf(field: Field): string;

  /** What is wrong with each field; nothing where all is well. */
  protected abstract check(): FieldErrors<Field>;
}
