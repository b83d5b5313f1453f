/** The desktop program: session, socket and scanners are outside of the page, and shared by all its windows. */
import { choices } from './choices';
import type { Language, Program, Update } from './contract.mjs';
import type { Host, Subscription } from './host';
import type { Choice } from './outside';
import { readAnswer } from './tauri/answer';
import { TauriDesk, TauriPreview, TauriScanners } from './tauri/desk';
import { Feed } from './tauri/feed';
import { popup, TauriNotices, TauriTray } from './tauri/guru';
import { bytesOf, call, callWithBytes, tell } from './tauri/ipc';
import { TauriJournal } from './tauri/journal';
import { outlet } from './tauri/outlet';
import { TauriSesi } from './tauri/sesi';

/** Every window has it whole; which commands answer is up to the window's role. Nothing is asked before it is used. */
export class TauriHost implements Host {
  readonly choices = choices;
  readonly sesi = new TauriSesi();
  readonly notices = new TauriNotices();
  readonly outlet = outlet;
  readonly popup = popup;
  readonly tray = new TauriTray();
  readonly scanners = new TauriScanners();
  readonly preview = new TauriPreview();
  readonly desk = new TauriDesk();
  readonly journal = new TauriJournal();
  readonly autostart = autostart;
  readonly openAdmin = (): void => tell(call('admin_open'));

  readonly #updates = new Feed<Update>(
    (channel) => call('updates_watch', { channel }),
    () => call('updates_unwatch'),
    true,
  );
  #clock_offset_ms = 0;

  async fetch(request: Request): Promise<Response> {
    const { method } = request;
    const { pathname, search } = new URL(request.url);
    const body = method === 'GET' || method === 'HEAD' ? '' : await request.text();
    const answer = await call('api_fetch', { method, path: pathname + search, body: body || null });
    const { response, clock_offset_ms } = readAnswer(bytesOf(answer));
    this.#clock_offset_ms = clock_offset_ms ?? this.#clock_offset_ms;
    return response;
  }

  clockOffsetMs(): number {
    return this.#clock_offset_ms;
  }

  subscribe(listener: (update: Update) => void): Subscription {
    const close = this.#updates.listen(listener);
    return { retryNow: () => tell(call('updates_retry')), close };
  }

  decodePicture(picture: Blob): Promise<string[]> {
    return callWithBytes('decode_picture', picture).catch(() => []);
  }

  tellLanguage(language: Language): void {
    tell(call('language_set', { language }));
  }

  program(): Promise<Program> {
    return call('program');
  }
}

const autostart: Choice = {
  get: () => call('autostart_get'),
  set: async (on) => {
    await call('autostart_set', { on });
  },
};
