/** What the front desk needs from outside of the page. A browser has none of it. */
import type { Choice } from './outside';

/** Why a scanner cannot read; each says what a person can do about it. */
export type ScannerFault = 'not_found' | 'busy' | 'denied' | 'lost' | 'hung' | 'failed';

/** One scanner that the host reads by itself. */
export type Scanner = {
  id: string;
  kind: 'serial' | 'hid' | 'camera' | 'folder';
  name: string;
  state: 'opening' | 'ready' | ScannerFault;
};

/** Why a picture gave no text. `unknown_format`: a good one that is not read here, such as HEIC. */
export type PictureFault =
  | 'no_code'
  | 'broken'
  | 'empty'
  | 'too_large'
  | 'unknown_format'
  | 'denied'
  /** It took too long, with so much in it that looks like codes. */
  | 'given_up';

/** Something that was shown to a scanner of the host and not read. */
export type ScanRejection = {
  /** The scanner's id. */
  source: string;
  kind: Scanner['kind'];
  /** `not_text`: noise; `malformed`: a device that does not keep to its own form. */
  why: 'too_long' | 'not_text' | 'malformed' | PictureFault;
  /** The picture's name, where it was one in the folder. */
  file: string | null;
  /** The name of its format, where that is not read. */
  format: string | null;
};

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

/** What another PC needs to find this one's server, and to know that it is the right one. */
export type Pairing = { urls: string[]; fingerprint: string | null };

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
