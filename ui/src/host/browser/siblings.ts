/**
 * Tabs with one session. A duplicated tab has the refresh token of its origin, and a token that two tabs use ends the
 * session of both. So tabs of one family tell each other of every renewal, and ask before they begin one.
 */

export type Ticket = {
  token_segar: string;
  /** The key of the token's one exchange, so that one whose answer was lost is asked for again under it. */
  kunci: string;
  /** The sign-in that it comes from; the same in every tab that was duplicated since. */
  keluarga: string;
  /** Counts the renewals since. */
  urutan: number;
};

/** A ticket, with an access token where one is still good. */
export type Told = { ticket: Ticket; access: string | undefined; lifetime_ms: number };

type Message = { type: 'told'; told: Told } | { type: 'asked'; ticket: Pick<Ticket, 'keluarga' | 'urutan'> };

/** A tab that is there answers at once, one that sleeps does so when it wakes. */
const ANSWER_WITHIN_MS = 60;

export class Siblings {
  readonly #channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('bukutamu.sesi');
  readonly #waiting = new Set<() => void>();
  #has_asked = false;
  /** Another tab of the family has been heard. */
  #has_met = false;

  /** `own` is what this tab knows; `heard` takes over what another one does. */
  constructor(own: () => Told | undefined, heard: (told: Told) => void) {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.type === 'told') {
        this.#has_met ||= data.told.ticket.keluarga === own()?.ticket.keluarga;
        heard(data.told);
        for (const go of this.#waiting) go();
        return;
      }
      const told = own();
      if (told?.ticket.keluarga !== data.ticket.keluarga) return;
      this.#has_met = true;
      if (told.ticket.urutan >= data.ticket.urutan) this.tell(told);
    });
  }

  tell(told: Told): void {
    this.#channel?.postMessage({ type: 'told', told } satisfies Message);
  }

  /** Asks whether anyone is further with this ticket; whoever is has told it when this ends. */
  async ask({ keluarga, urutan }: Ticket): Promise<void> {
    // Every tab asks when it begins, so one that was never asked is alone.
    if (!this.#channel || (this.#has_asked && !this.#has_met)) return;
    this.#has_asked = true;
    const answered = new Promise<void>((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(go, ANSWER_WITHIN_MS);
      this.#waiting.add(go);
    });
    this.#channel.postMessage({ type: 'asked', ticket: { keluarga, urutan } } satisfies Message);
    await answered;
  }

  close(): void {
    this.#channel?.close();
  }
}
