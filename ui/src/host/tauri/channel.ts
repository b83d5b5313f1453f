/** What the program tells this page: fetched as soon as there is something, and handed out in order. */
import { call, failureOf, tell } from './ipc';

/** Between two attempts, where the program does not answer. */
const PAUSE_MS = 1000;

/** Another one each time a window is loaded, so that a page is never told what was meant for the one before. */
const page = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
const listeners = new Map<number, (message: unknown) => void>();
let last_id = 0;
let fetching = false;

/** Handed over with a request, it is the way back to this page. */
export class Channel<T> {
  readonly page = page;
  readonly id = (last_id += 1);
  /** What is sent on it. */
  declare protected readonly message: (message: T) => void;

  constructor(onmessage: (message: T) => void) {
    // What is sent on a channel is of its type: the contract says so.
    listeners.set(this.id, onmessage as (message: unknown) => void);
    if (!fetching) tell(fetchForever());
  }

  close(): void {
    listeners.delete(this.id);
  }
}

async function fetchForever(): Promise<void> {
  fetching = true;
  for (;;) {
    try {
      for (const { channel, message } of await call('messages_next', { page })) hear(channel, message);
    } catch (error) {
      // It hung, and messages were dropped: it begins anew rather than to show what is not so.
      if (failureOf(error)?.kind === 'gone') {
        location.reload();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** A listener that fails keeps no other from hearing. */
function hear(channel: number, message: unknown): void {
  try {
    listeners.get(channel)?.(message);
  } catch (error) {
    reportError(error);
  }
}
