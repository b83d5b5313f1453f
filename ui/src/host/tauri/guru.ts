/** What surrounds a teacher's page in the desktop program: tray, notifications, the pop-up's window. */
import type { TrayChoice } from '../contract.mjs';
import type { Notice, NoticePermission, Notices, PopupWindow, Tray, TrayEntry } from '../outside';
import { Feed } from './feed';
import { call, tell } from './ipc';

export class TauriTray implements Tray {
  readonly #choices = new Feed<TrayChoice>(
    (channel) => call('tray_watch', { channel }),
    () => call('tray_unwatch'),
  );
  #words: Record<TrayEntry, string> | undefined;

  /** The program counts by itself. */
  show(_unread: number, words: Record<TrayEntry, string>): void {
    if (this.#words === words) return;
    this.#words = words;
    tell(call('tray_words', { open: words.open, baru: words.new, quit: words.quit }));
  }

  watch(listener: (choice: TrayChoice) => void): () => void {
    return this.#choices.listen(listener);
  }
}

export class TauriNotices implements Notices {
  readonly #pressed = new Feed<string>((channel) => call('notice_watch', { channel }));

  permission(): NoticePermission {
    return 'granted';
  }

  ask(): Promise<NoticePermission> {
    return Promise.resolve('granted');
  }

  show({ tag, title, body }: Notice): void {
    tell(call('notice_show', { tag, title, body }));
  }

  watch(listener: (tag: string) => void): () => void {
    return this.#pressed.listen(listener);
  }

  clear(tag: string): void {
    tell(call('notice_clear', { tag }));
  }
}

export const popup: PopupWindow = {
  raise: () => tell(call('popup_raise')),
  close: () => tell(call('popup_close')),
  resize: (height_px) => tell(call('popup_resize', { height: Math.ceil(height_px) })),
  focus: () => tell(call('popup_focus')),
  openGuru: (id) => tell(call('guru_open', { id: id ?? null })),
};
