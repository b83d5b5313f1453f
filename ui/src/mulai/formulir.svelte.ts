/** One step's fields: nothing is called wrong before somebody wants to go on, and then only while it is. */
export type Salah<Field extends string> = Partial<Record<Field, string>>;

export abstract class Formulir<Field extends string> {
  #diperiksa = $state(false);
  /** What only the program could tell; about that value and no other. */
  #ditolak = $state.raw<{ field: Field; nilai: string; teks: string }>();

  readonly salah: Salah<Field> = $derived.by(() => {
    const salah: Salah<Field> = this.#diperiksa ? this.periksa() : {};
    const { field, nilai, teks } = this.#ditolak ?? {};
    if (field && teks && !salah[field] && this.isi(field) === nilai) salah[field] = teks;
    return salah;
  });

  /** Whether it may go on; from now on what is wrong is shown. */
  terima(): boolean {
    this.#diperiksa = true;
    // What was refused may be taken the next time: another program has left the port.
    this.#ditolak = undefined;
    return Object.keys(this.periksa()).length === 0;
  }

  tolak(field: Field, teks: string): void {
    this.#ditolak = { field, nilai: this.isi(field), teks };
  }

  protected abstract isi(field: Field): string;

  /** What is wrong with each field; nothing where all is well. */
  protected abstract periksa(): Salah<Field>;
}
