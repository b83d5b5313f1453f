/** What a teacher's page needs from outside of the page. A browser does what it can. */

/** Something worth a word from the operating system. */
export type Notice = {
  /** The same tag again replaces the earlier one. */
  tag: string;
  title: string;
  body: string;
};

export type NoticePermission = 'granted' | 'denied' | 'default' | 'unsupported';

/** Native notifications, where no window may come up. */
export interface Notices {
  permission(): NoticePermission;
  /** Only upon a person's own press. */
  ask(): Promise<NoticePermission>;
  /** Shows it; pressing it brings the page up and calls back. */
  show(notice: Notice, pressed: () => void): void;
  /** Takes it away where it still stands. */
  clear(tag: string): void;
}

/** The window of the arrivals, above all others. It is a page of its own: `popup.html`. */
export interface PopupWindow {
  /** Opens it, or raises it, without taking the focus. */
  raise(): void;
  close(): void;
  /** Its height follows its content. */
  resize(height_px: number): void;
}

export type TrayChoice = 'open' | 'new' | 'quit';

export interface Tray {
  /** The number on the icon, and the menu's words. */
  show(unread: number, words: Record<TrayChoice, string>): void;
  /** Calls back with what is chosen; gives what ends that. */
  watch(listener: (choice: TrayChoice) => void): () => void;
}

/** Things that leave the page. Each tells whether it worked. */
export interface Outlet {
  saveFile(name: string, content: Blob): Promise<boolean>;
  copyText(text: string): Promise<boolean>;
  copyPicture(png: Blob): Promise<boolean>;
  /** Opens an address such as `https://wa.me/…` outside of the program. */
  openLink(url: string): void;
}
