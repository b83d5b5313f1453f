/** The first start: what sets this PC up. Only the desktop program has it. */
import type { Nilai } from '../api/types';
import type { ProgramRole } from './outside';
import { Feed } from './tauri/feed';
import { call } from './tauri/ipc';

/** Where a server can be reached, and its certificate's fingerprint as it was announced. */
export type Address = { url: string; fingerprint: string | null };

/** A server in the network. Nothing of it is to be trusted before a person has compared the fingerprint. */
export type Sighting =
  | { type: 'found'; name: string; nama: string; addresses: Address[] }
  | { type: 'lost'; name: string }
  /** The network lets nobody look. */
  | { type: 'failed' };

/** What answers at an address that was typed. */
export type Fingerprint =
  | { ok: true; url: string; fingerprint: string | null }
  | { ok: false; reason: 'address' | 'unreachable' | 'tls' };

export type Devices = { serial: string[]; cameras: string[] };

export type SetupServer =
  | {
      kind: 'host';
      port: number;
      nama_sekolah: string;
      tempat: string;
      zona_waktu: string;
      admin: { nama: string; email: string; password: string };
    }
  | { kind: 'remote'; url: string; fingerprint: string | null };

export type Setup = {
  role: ProgramRole;
  server: SetupServer;
  /** Leaves the full screen; only for the front desk. */
  pin: string | null;
  scanners: { hid: boolean; camera: boolean; serial: string | null; folder: string | null };
  autostart: boolean;
  language: 'id' | 'en';
};

export type FinishReason =
  'isian' | 'port_dipakai' | 'folder' | 'database' | 'sudah_ada_admin' | 'tidak_terjangkau' | 'lain';

/** Where it worked, this window is closed next. */
export type Finish = { ok: true } | { ok: false; reason: FinishReason; field: string | null; detail: string };

/** Each rejects where the program does not carry it out. */
export interface Wizard {
  /** Calls back with every sighting; gives what ends that. */
  discover(listener: (sighting: Sighting) => void): () => void;
  fingerprint(address: string): Promise<Fingerprint>;
  devices(): Promise<Devices>;
  /** How hard the first admin's password is to guess, by the rule that takes it or not. */
  password(password: string, nama: string, email: string, nama_sekolah: string): Promise<Nilai>;
  finish(setup: Setup): Promise<Finish>;
}

class TauriWizard implements Wizard {
  readonly #sightings = new Feed<Sighting>(
    (channel) => call('wizard_discover', { channel }),
    () => call('wizard_discover_stop'),
    true,
  );

  discover(listener: (sighting: Sighting) => void): () => void {
    return this.#sightings.listen(listener);
  }

  fingerprint(address: string): Promise<Fingerprint> {
    return call('wizard_fingerprint', { address });
  }

  devices(): Promise<Devices> {
    return call('wizard_devices');
  }

  password(password: string, nama: string, email: string, nama_sekolah: string): Promise<Nilai> {
    return call('wizard_password', { password, nama, email, nama_sekolah });
  }

  finish(setup: Setup): Promise<Finish> {
    return call('wizard_finish', { setup });
  }
}

export const wizard: Wizard = new TauriWizard();
