/** Which host this page runs in. */
import { BrowserHost } from './browser';
import type { Host } from './host';
import { TauriHost } from './tauri';

export type {
  Luring,
  MovedJournal,
  Pairing,
  PictureFault,
  Program,
  ProgramRole,
  Scanner,
  ScannerFault,
  ScanRejection,
  SesiStatus,
  TrayChoice,
  Unsettled,
  Update,
} from './contract.mjs';
export type * from './desk';
export type * from './journal';
export type * from './outside';
export type * from './host';

export const host: Host = '__TAURI_INTERNALS__' in window ? new TauriHost() : new BrowserHost();
