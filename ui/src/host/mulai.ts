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

/** What keeps the program from starting, each mended in another way. */
export type TroubleReason =
  | 'port_dipakai'
  | 'port_ditolak'
  | 'folder_dipakai'
  | 'folder'
  | 'database'
  | 'kunci'
  | 'sertifikat'
  /** What this PC was set up to be cannot be read. */
  | 'setelan'
  | 'lain';

export type FinishReason = TroubleReason | 'isian' | 'sudah_ada_admin' | 'tidak_terjangkau';

export type Trouble = {
  reason: TroubleReason;
  /** In the program's own words. */
  detail: string;
  /** Where everything is kept. */
  folder: string;
  /** Where the guest book is kept on this PC. */
  port: number | null;
};

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
  /** What kept the program from starting; nothing at a first start. */
  trouble(): Promise<Trouble | null>;
  /** Starts once more, at another port where one is given; where that works, this window is closed next. */
  retry(port: number | null): Promise<Finish>;
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

  trouble(): Promise<Trouble | null> {
    return call('trouble');
  }

  retry(port: number | null): Promise<Finish> {
    return call('trouble_retry', { port });
  }
}

export const wizard: Wizard = new TauriWizard();
