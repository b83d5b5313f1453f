/** The event stream of a page in a browser: authenticates, waits for `ready`, comes back after every loss. */
import { Inbox, type InboxChange } from '../../api/inbox';
import { jittered } from '../../api/retry';
import type { Event } from '../../api/types';
import type { Update } from '../contract.mjs';
import type { Subscription } from '../host';
import type { BrowserSesi } from './sesi';

/** From the socket to `ready`. */
const HANDSHAKE_MS = 10_000;
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 15_000;
/** A connection that stood for so long makes the next wait short again. */
const STABLE_AFTER_MS = 10_000;

export class BrowserSubscription implements Subscription {
  readonly #inbox = new Inbox();
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #ready_at = 0;
  #closed = false;

  constructor(
    private readonly sesi: BrowserSesi,
    private readonly listener: (update: Update) => void,
  ) {
    window.addEventListener('online', this.#back);
    void this.#connect();
  }

  retryNow(): void {
    this.#attempt = 0;
    if (this.#closed || this.#socket) return;
    clearTimeout(this.#timer);
    void this.#connect();
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener('online', this.#back);
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  readonly #back = (): void => this.retryNow();

  async #connect(): Promise<void> {
    const token = await this.sesi.access();
    if (this.#closed || this.#socket) return;
    if (!token.ok) {
      if (token.failure.kind !== 'signed_out') this.#wait();
      return;
    }
    const address = new URL('/ws', location.origin);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#ready_at = 0;
    this.#timer = setTimeout(() => this.#lose(socket), HANDSHAKE_MS);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'authenticate', token: token.data }));
    socket.onmessage = (message) => this.#take(JSON.parse(String(message.data)) as Event);
    socket.onclose = () => this.#lose(socket);
  }

  #take(event: Event): void {
    switch (event.type) {
      case 'ready':
        clearTimeout(this.#timer);
        this.#ready_at = performance.now();
        this.listener({ type: 'connected', pengguna: event.pengguna, online: event.online ?? [] });
        for (const change of this.#inbox.ready(event)) this.#tell(change);
        break;
      case 'ready_lanjutan':
        for (const change of this.#inbox.lanjutan(event)) this.#tell(change);
        break;
      case 'notification': {
        const change = this.#inbox.notification(event.data);
        if (change) this.#tell(change);
        break;
      }
      case 'appointment':
        if (this.#inbox.appointment(event.data)) this.listener(event);
        break;
      case 'cadangan':
        this.listener({ type: 'cadangan', data: event.data ?? null });
        break;
      case 'pesan':
      case 'saluran':
      case 'presence':
      case 'settings':
      case 'evakuasi':
        this.listener(event);
    }
  }

  #tell(change: InboxChange): void {
    this.listener(change);
  }

  #lose(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    clearTimeout(this.#timer);
    this.#socket = undefined;
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    if (this.#closed) return;
    const stood_ms = this.#ready_at ? performance.now() - this.#ready_at : 0;
    if (stood_ms > STABLE_AFTER_MS) this.#attempt = 0;
    this.#wait();
  }

  #wait(): void {
    const wait_ms = jittered(Math.min(BACKOFF_MIN_MS * 2 ** this.#attempt, BACKOFF_MAX_MS));
    this.#attempt += 1;
    this.listener({ type: 'disconnected', retry_at: Date.now() + wait_ms });
    this.#timer = setTimeout(() => void this.#connect(), wait_ms);
  }
}
