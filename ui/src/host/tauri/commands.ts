/**
 * Every command of the desktop program, each once and on a line of its own that begins with its name; nothing else is
 * invoked. A test of the program compares this list with its own, and each window may use only its part.
 */
import type { Result } from '../../api/result';
import type { Nilai, Pengguna } from '../../api/types';
import type { Pairing, Scanner, ScanRejection } from '../desk';
import type { SesiStatus, Update } from '../host';
import type { Finish, Devices, Fingerprint, Setup, Sighting, Trouble } from '../mulai';
import type { Notice, Program } from '../outside';
import type { Channel, Message } from './channel';
import type { Bytes } from './ipc';

/** `name: (arguments) => answer`; `Bytes` go as they are, in either direction. */
export interface Commands {
  // Every window
  program: () => Program;
  language_set: (args: { language: 'id' | 'en' }) => null;
  messages_next: (args: { page: number }) => Message[];
  sesi_restore: () => Result<SesiStatus>;
  sesi_login: (args: { email: string; password: string }) => Result<Pengguna>;
  sesi_change_password: (args: { password_lama: string; password_baru: string }) => Result<Pengguna>;
  sesi_logout: () => null;
  sesi_watch: (args: { channel: Channel<SesiStatus> }) => null;
  sesi_unwatch: () => null;
  api_fetch: (args: { method: string; path: string; body: string | null }) => Bytes;
  updates_watch: (args: { channel: Channel<Update> }) => null;
  updates_unwatch: () => null;
  updates_retry: () => null;
  save_file: (content: Bytes) => boolean;
  copy_text: (args: { text: string }) => boolean;
  copy_picture: (png: Bytes) => boolean;
  open_link: (args: { url: string }) => null;

  // kiosk and guru
  autostart_get: () => boolean;
  autostart_set: (args: { on: boolean }) => null;

  // kiosk
  scans_watch: (args: { channel: Channel<string> }) => null;
  scans_unwatch: () => null;
  rejections_watch: (args: { channel: Channel<ScanRejection> }) => null;
  rejections_unwatch: () => null;
  scanners_watch: (args: { channel: Channel<Scanner[]> }) => null;
  scanners_unwatch: () => null;
  preview_next: () => Bytes;
  decode_picture: (picture: Bytes) => string[];
  camera_get: () => boolean;
  camera_set: (args: { on: boolean }) => null;
  pairing: () => Pairing | null;
  kiosk_leave: (args: { pin: string }) => boolean;
  kiosk_return: () => null;
  kiosk_close: (args: { pin: string }) => boolean;
  kiosk_has_pin: () => boolean;
  kiosk_verify: (args: { pin: string }) => boolean;
  close_watch: (args: { channel: Channel<null> }) => null;
  close_unwatch: () => null;
  admin_open: () => null;

  // guru
  tray_words: (args: { open: string; baru: string; quit: string }) => null;
  tray_watch: (args: { channel: Channel<'open' | 'new'> }) => null;
  tray_unwatch: () => null;
  notice_show: (args: Notice) => null;
  notice_clear: (args: { tag: string }) => null;
  notice_watch: (args: { channel: Channel<string> }) => null;

  // popup
  popup_raise: () => null;
  popup_close: () => null;
  popup_resize: (args: { height: number }) => null;
  popup_focus: () => null;
  guru_open: (args: { id: number | null }) => null;

  // mulai
  wizard_discover: (args: { channel: Channel<Sighting> }) => null;
  wizard_discover_stop: () => null;
  wizard_fingerprint: (args: { address: string }) => Fingerprint;
  wizard_devices: () => Devices;
  wizard_password: (args: { password: string; nama: string; email: string; nama_sekolah: string }) => Nilai;
  wizard_finish: (args: { setup: Setup }) => Finish;
  trouble: () => Trouble | null;
  trouble_retry: (args: { port: number | null }) => Finish;
}
