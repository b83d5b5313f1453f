/** What a page needs from outside of the page, most of it a teacher's. A browser does what it can. */
import type { TrayChoice } from './contract.mjs';

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
  show(notice: Notice): void;
  /** Calls back with the tag of one that was pressed, which brings the page up; gives what ends that. */
  watch(listener: (tag: string) => void): () => void;
  /** Takes it away where it still stands. */
  clear(tag: string): void;
}

/**
 * The window of the arrivals, above all others. It is a page of its own: `popup.html`. If there is one, the host opens
 * it upon an arrival, and shows a native notification if no window may come up.
 */
export interface PopupWindow {
  /** Opens it, or raises it, without taking the focus. */
  raise(): void;
  close(): void;
  /** Its height follows its content. */
  resize(height_px: number): void;
  /** Somebody presses in it, and may want to type: it comes up without the focus. */
  focus(): void;
  /** Brings up the teacher's window, with this appointment where one is named. */
  openGuru(id_janji_temu?: number): void;
}

/** The menu's entries; the host does some by itself. */
export type TrayEntry = TrayChoice | 'quit';

export interface Tray {
  /** The number on the icon, unless the host counts by itself, and the menu's words. */
  show(unread: number, words: Record<TrayEntry, string>): void;
  /** Calls back with what is chosen, unless the host does it by itself; gives what ends that. */
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

/** A choice that the program keeps. Both reject where it does not. */
export interface Choice {
  get(): Promise<boolean>;
  set(on: boolean): Promise<void>;
}
