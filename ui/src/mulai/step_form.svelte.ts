/** The fields of one step. Errors show once somebody wants to go on, and only while they last. */
export type FieldErrors<Field extends string> = Partial<Record<Field, string>>;

export abstract class StepForm<Field extends string> {
  #is_checked = $state(false);
  /** An error that only the program could find, for this value only. */
  #refused = $state.raw<{ field: Field; value: string; text: string }>();

  readonly errors: FieldErrors<Field> = $derived.by(() => {
    const errors: FieldErrors<Field> = this.#is_checked ? this.check() : {};
    const { field, value, text } = this.#refused ?? {};
    if (field && text && !errors[field] && this.valueOf(field) === value) errors[field] = text;
    return errors;
  });

  /** Whether the step may go on. From now on errors are shown. */
  accept(): boolean {
    this.#is_checked = true;
    // A refused value may be right the next time, as when another program left the port.
    this.#refused = undefined;
    return Object.keys(this.check()).length === 0;
  }

  refuse(field: Field, text: string): void {
    this.#refused = { field, value: this.valueOf(field), text };
  }

  protected abstract valueOf(field: Field): string;

  /** What is wrong with each field; empty if nothing is. */
  protected abstract check(): FieldErrors<Field>;
}
