/**
 * Keeps a page up to date: by a socket where the phone can have one, by asking where it cannot. A socket is opened once
 * an answer has come, so an unknown code and a missing connection cost no sockets.
 */
import { jittered } from '../../api/retry';
import type { Event, Kunjungan } from '../../api/types';

/** The wait after the first lost socket; doubles up to the longest. */
const BACKOFF_MIN_MS = 5000;
const BACKOFF_MAX_MS = 300_000;

export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export type Listener = {
  /** Asks the server; true if it answered. */
  ask(): Promise<boolean>;
  take(kunjungan: Kunjungan): void;
  /** Milliseconds until it is asked again. */
  wait(is_live: boolean): number;
};

export class KunjunganFeed {
  #socket: Socket | undefined;
  #is_live = false;
  #lost = 0;
  #connect_at = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #is_stopped = true;

  constructor(
    private readonly kode: string,
    private readonly listener: Listener,
    private readonly open: () => Socket = openSocket,
  ) {}

  start(): void {
    this.#is_stopped = false;
    void this.#ask();
  }

  /** Asks at once: the page is seen again, or the connection is back. */
  nudge(): void {
    if (this.#is_stopped) return;
    this.#connect_at = 0;
    void this.#ask();
  }

  stop(): void {
    this.#is_stopped = true;
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#drop();
  }

  async #ask(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    const is_answered = await this.listener.ask();
    if (turn !== this.#turn) return;
    if (is_answered) this.#connect();
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), this.listener.wait(this.#is_live));
  }

  #connect(): void {
    if (this.#socket || performance.now() < this.#connect_at) return;
    let socket: Socket;
    try {
      socket = this.open();
    } catch {
      this.#back_off();
      return;
    }
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'kunjungan', kode: this.kode }));
    socket.onmessage = ({ data }) => this.#hear(String(data));
    socket.onclose = () => this.#lose();
  }

  #hear(text: string): void {
    const event = JSON.parse(text) as Event | { type: undefined };
    if (event.type !== 'kunjungan') return;
    this.#lost = 0;
    if (!this.#is_live) {
      this.#is_live = true;
      this.#schedule();
    }
    this.listener.take(event.data);
  }

  #lose(): void {
    this.#drop();
    this.#back_off();
    this.#schedule();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#is_live = false;
    if (!socket) return;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  }

  #back_off(): void {
    const wait_ms = jittered(Math.min(BACKOFF_MIN_MS * 2 ** this.#lost, BACKOFF_MAX_MS));
    this.#lost += 1;
    this.#connect_at = performance.now() + wait_ms;
  }
}

function openSocket(): Socket {
  const address = new URL('/ws', location.origin);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(address);
}
