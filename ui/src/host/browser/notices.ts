/** Notifications of a page in a browser. */
import type { Notice, NoticePermission, Notices } from '../outside';

export class BrowserNotices implements Notices {
  readonly #shown = new Map<string, Notification>();
  readonly #listeners = new Set<(tag: string) => void>();

  permission(): NoticePermission {
    return 'Notification' in window ? Notification.permission : 'unsupported';
  }

  async ask(): Promise<NoticePermission> {
    return 'Notification' in window ? Notification.requestPermission() : 'unsupported';
  }

  show({ tag, title, body }: Notice): void {
    // Whoever looks at the page needs no second word.
    if (this.permission() !== 'granted' || (!document.hidden && document.hasFocus())) return;
    try {
      const shown = new Notification(title, { tag, body, icon: '/ikon.svg', requireInteraction: true });
      shown.onclick = () => {
        window.focus();
        shown.close();
        for (const listener of this.#listeners) listener(tag);
      };
      this.#shown.set(tag, shown);
    } catch {
      // A phone's browser knows the name and refuses the call; the page itself still tells it.
    }
  }

  watch(listener: (tag: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(tag: string): void {
    this.#shown.get(tag)?.close();
    this.#shown.delete(tag);
  }
}
