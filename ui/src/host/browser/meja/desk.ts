/** A desk's memory, which is the module, and its vault: the two always say the same. */
import type { JanjiTemu } from '../../../api/types';
import type { Asked, Bekal, Belum, Catatan, DeskModule, Keadaan, Sent, Told } from './module';

/** As much of a vault as a desk uses. */
export type Kept = {
  records(): Promise<{ texts: string[]; damaged: number }>;
  add(text: string): Promise<void>;
  replace(texts: readonly string[]): Promise<void>;
  pack(): Promise<string | undefined>;
  keepPack(text: string): Promise<void>;
  forgetPack(): Promise<void>;
};

/** What is asked of the module here. */
export type Module = Pick<DeskModule, 'ask' | 'keadaan'>;

export class Desk {
  /** Records that could not be read at the start. */
  damaged = 0;
  /** How far the server's clock is ahead of this PC's. */
  offset_ms = 0;
  /** What the server told was changed by events since it was kept. */
  is_unsaved = false;
  /** No clock can be right that says an earlier moment. */
  #known_since_ms = 0;
  #records = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly module: Module,
    private readonly vault: Kept,
    private readonly pc_now: () => number = Date.now,
  ) {}

  get keadaan(): Keadaan {
    return this.module.keadaan;
  }

  /** Begins with what is kept. */
  async open(): Promise<Bekal | undefined> {
    const { texts, damaged } = await this.vault.records();
    const kept = await this.vault.pack();
    const bekal = kept === undefined ? undefined : (JSON.parse(kept) as Bekal);
    const catatan = texts.map((text) => JSON.parse(text) as Catatan);
    this.#known_since_ms = this.module.ask('buka', { catatan, bekal: bekal ?? null }) ?? 0;
    this.offset_ms = bekal?.offset_ms ?? 0;
    this.damaged = damaged;
    this.#records = texts.length + damaged;
    return bekal;
  }

  now(): number {
    return Math.max(this.pc_now() + this.offset_ms, this.#known_since_ms);
  }

  /** Whether the desk could answer it. */
  knows(asked: Asked): boolean {
    return this.module.ask('kenal', asked);
  }

  /** The desk's own answer; undefined if only a server can give one, or nothing can be written down. */
  answer(asked: Asked): Promise<Told | undefined> {
    return this.#inTurn(async () => {
      const told = this.module.ask('jawab', { ...asked, sekarang_ms: Math.trunc(this.now()) });
      if (told?.catatan) {
        try {
          await this.#write(told.catatan);
        } catch {
          return undefined;
        }
      }
      return told ?? undefined;
    });
  }

  /** The entry that is to be sent next. What cannot be sent any more is written down so. */
  async next(): Promise<Sent | undefined> {
    for (;;) {
      const next = this.module.ask('berikut', {});
      if (!next) return undefined;
      if ('kirim' in next) return next.kirim;
      await this.#settle(next.catatan);
    }
  }

  /** What the server said to the entry that is next. False if it is to be sent again later. */
  async said(status: number, isi: string): Promise<boolean> {
    const catatan = this.module.ask('putusan', { status, isi });
    if (catatan) await this.#settle(catatan);
    return catatan !== null;
  }

  unsettled(): Belum[] {
    return this.module.ask('periksa', {});
  }

  /** A person has looked at it. */
  async settle(nomor: number): Promise<void> {
    const catatan = this.module.ask('selesai', { nomor });
    if (catatan) await this.#settle(catatan);
  }

  /** Takes what the server told, and keeps it. */
  takePack(bekal: Bekal): Promise<void> {
    return this.#inTurn(async () => {
      this.offset_ms = bekal.offset_ms;
      this.module.ask('bekal', { bekal });
      await this.#save();
    });
  }

  take(janji_temu: JanjiTemu): void {
    this.is_unsaved ||= this.module.ask('ambil', { janji_temu });
  }

  /** Keeps what was told since the last time. */
  save(): Promise<void> {
    return this.#inTurn(() => this.#save());
  }

  /** What the server told leaves this browser. What waits does not. */
  forgetPack(): Promise<void> {
    return this.#inTurn(async () => {
      await this.vault.forgetPack();
      await this.open();
    });
  }

  /** The path of what the desk had named itself, as the server knows it. */
  pathOf(path: string): string {
    return this.module.ask('alamat', { path }) ?? path;
  }

  async #save(): Promise<void> {
    const bekal = this.module.ask('simpan', {});
    if (bekal) await this.vault.keepPack(JSON.stringify({ ...bekal, offset_ms: this.offset_ms }));
    this.is_unsaved = false;
  }

  #settle(catatan: Catatan): Promise<void> {
    return this.#inTurn(async () => {
      await this.#write(catatan);
      // Once nothing waits, only what somebody has to look at is still needed.
      const left = this.module.ask('sisa', {});
      if (!left || left.length >= this.#records) return;
      await this.vault.replace(left.map((record) => JSON.stringify(record)));
      this.#records = left.length;
    });
  }

  async #write(catatan: Catatan): Promise<void> {
    await this.vault.add(JSON.stringify(catatan));
    this.#records += 1;
    this.module.ask('tercatat', { catatan });
  }

  /** One after the other, so that no two entries get one number. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
