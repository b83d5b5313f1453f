/**
 * What a surface needs from where it runs, in a browser or in the desktop program. Surfaces and `api` know this
 * interface only. In the desktop program tokens, socket and scanners live outside of the page.
 */
import type { Result } from '../api/result';
import type { Tamu } from '../api/types';
import type { Pengguna } from '../api/types';
import type { Language, Program, SesiStatus, Update } from './contract.mjs';
import type { Desk, Preview, Scanners } from './desk';
import type { Journal, JournalLimit } from './journal';
import type { Choice, Notices, Outlet, PopupWindow, Tray } from './outside';

/** The session: signing in and out. */
export interface Sesi {
  /** Who a session kept from before belongs to, if it still is one; asked once at the start. */
  restore(): Promise<Result<SesiStatus>>;
  login(email: string, password: string): Promise<Result<Pengguna>>;
  changePassword(password_lama: string, password_baru: string): Promise<Result<Pengguna>>;
  /** On this PC the session is forgotten in any case. */
  logout(): Promise<void>;
  /** Calls back whenever it changes; gives what ends that. */
  watch(listener: (status: SesiStatus) => void): () => void;
}

/** The session of a guest. */
export interface TamuSesi {
  /** Who a session kept from before belongs to; undefined if there is none of a guest. */
  restore(): Promise<Result<Tamu | undefined>>;
  login(telp: string, password: string): Promise<Result<Tamu>>;
  changePassword(password_lama: string, password_baru: string): Promise<Result<Tamu>>;
  logout(): Promise<void>;
  /** Calls back when it ends; gives what ends that. */
  watch(listener: (reason: 'signed_out' | 'ended') => void): () => void;
}

/** A running subscription. */
export interface Subscription {
  /** Ends a wait between two attempts. */
  retryNow(): void;
  close(): void;
}

/** Small choices of this PC, such as language and volume. Nothing secret. */
export interface Choices {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

export interface Host {
  readonly sesi: Sesi;
  /** Only in a browser: guests have their own phones. */
  readonly tamu?: TamuSesi;
  readonly choices: Choices;
  /** Sends a request to the server in the session's name. Rejects where nobody answers. */
  fetch(request: Request): Promise<Response>;
  /** How far the server's clock is ahead of this PC's, in milliseconds; 0 until it is known. */
  clockOffsetMs(): number;
  /** Only while somebody is signed in. */
  subscribe(listener: (update: Update) => void): Subscription;
  readonly notices: Notices;
  readonly outlet: Outlet;
  /** Where arrivals have a window of their own; elsewhere the page shows them. */
  readonly popup?: PopupWindow;
  readonly tray?: Tray;
  /** Where the host reads scanners of its own; in a browser only the page's keyboard and camera are there. */
  readonly scanners?: Scanners;
  /** The camera, where the host reads it by itself. */
  readonly preview?: Preview;
  /** The texts of the codes in a picture, where the host reads pictures by itself. */
  decodePicture?(picture: Blob): Promise<string[]>;
  /** Only where the page fills a screen that guests stand at. */
  readonly desk?: Desk;
  /** Where the front desk goes on without a server. */
  readonly journal?: Journal | undefined;
  /** Calls back with what this place cannot promise a desk without a server, now and with every change. */
  watchJournal?(listener: (limits: readonly JournalLimit[]) => void): () => void;
  /** The front desk's page: from now on it goes on without a server, where this host does not do so by itself. */
  openDesk?(): void;
  /** Opens the admin's page beside this one; whoever wants it signs in there. */
  readonly openAdmin?: () => void;
  /** Whether the program starts with the PC. */
  readonly autostart?: Choice;
  /** The page's language, where the host has words of its own. */
  tellLanguage?(language: Language): void;
  /** What is running here, where that is a program of its own. */
  program?(): Promise<Program>;
}
