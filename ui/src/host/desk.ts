/** What the front desk needs from outside of the page. A browser has none of it. */
import type { Pairing, Scanner, ScanRejection } from './contract.mjs';
import type { Choice } from './outside';

/** Scanners outside of the page. */
export interface Scanners {
  /** Calls back with every text that counts; gives what ends that. */
  watchTexts(listener: (text: string) => void): () => void;
  /** Calls back with everything that was shown and not read. */
  watchRejections(listener: (rejection: ScanRejection) => void): () => void;
  /** Calls back now and with every change. */
  watchStates(listener: (scanners: Scanner[]) => void): () => void;
}

/** A small picture of what the host's camera sees: one byte for each pixel, row by row, 0 is black. */
export type PreviewPicture = { width: number; height: number; luma: Uint8Array<ArrayBuffer> };

/** The camera that the host reads by itself. */
export interface Preview {
  /** Calls back some 10 times a second, with nothing where the camera gives no picture; gives what ends that. */
  watch(listener: (picture: PreviewPicture | undefined) => void): () => void;
}

/** The full screen that guests cannot leave, the camera, and the server on this PC. */
export interface Desk {
  /** False where the PIN is wrong. Afterwards the window can be closed. */
  leave(pin: string): Promise<boolean>;
  /** Whether this PC has a PIN. */
  hasPin(): Promise<boolean>;
  /** Whether it is the PIN; the full screen stays. */
  verifyPin(pin: string): Promise<boolean>;
  /** Full screen again. */
  enter(): Promise<void>;
  /** Ends the program. False where the PIN is wrong. */
  close(pin: string): Promise<boolean>;
  /** Calls back whenever somebody tried to close the window and may not yet; gives what ends that. */
  watchClose(listener: () => void): () => void;
  /** Nothing where the server is on another PC. */
  pairing(): Promise<Pairing | null>;
  /** Whether the camera is used, now and after every start. */
  readonly camera: Choice;
}
