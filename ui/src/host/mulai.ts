/** The first start: what sets this PC up. Only the desktop program has it. */
import type {
  Address,
  AddressFault,
  CommandFailure,
  Devices,
  FinishReason,
  FoundBackup,
  Nilai,
  RestoredSchool,
  RestoreProgress,
  Setup,
  Sighting,
  Trouble,
} from './contract.mjs';
import { Feed } from './tauri/feed';
import { call, failureOf } from './tauri/ipc';

export type {
  Address,
  Devices,
  FinishReason,
  FoundBackup,
  RestoredSchool,
  RestoreProgress,
  RestoreStep,
  Setup,
  SetupServer,
  Sighting,
  Trouble,
  TroubleReason,
} from './contract.mjs';

/** What answers at an address that was typed. */
export type Fingerprint = ({ ok: true } & Address) | { ok: false; reason: AddressFault };

type Refused = { ok: false; reason: FinishReason; field: string | null; detail: string };

/** A backup; undefined where nobody chose one. */
export type Looked = { ok: true; found: FoundBackup | undefined } | Refused;
/** A school that was restored. */
export type Begun = { ok: true; school: RestoredSchool } | Refused;

/** Where it worked, this window is closed next. */
export type Finish = { ok: true } | Refused;

/** Each rejects where the program does not carry it out. */
export interface Wizard {
  /** Calls back with every sighting; gives what ends that. */
  discover(listener: (sighting: Sighting) => void): () => void;
  fingerprint(address: string): Promise<Fingerprint>;
  devices(): Promise<Devices>;
  /** How hard the first admin's password is to guess, by the rule that takes it or not. */
  password(password: string, nama: string, email: string, nama_sekolah: string): Promise<Nilai>;
  finish(setup: Setup): Promise<Finish>;
  /** Looks at the backup with this path, or asks for one. */
  backup(path: string | null): Promise<Looked>;
  /** Restores a backup into this PC's folder, by the code on the recovery sheet. */
  restore(path: string, kode: string): Promise<Begun>;
  /** How far that is; null if it is not under way. */
  restoreProgress(): Promise<RestoreProgress | null>;
  /** What kept the program from starting; nothing at a first start. */
  trouble(): Promise<Trouble | null>;
  /** Starts once more, at another port where one is given; where that works, this window is closed next. */
  retry(port: number | null): Promise<Finish>;
}

/** A failure of this kind as a value; another one still rejects. */
function refused<Kind extends CommandFailure['kind']>(
  kind: Kind,
): (error: unknown) => { ok: false } & Extract<CommandFailure, { kind: Kind }> {
  return (error) => {
    const failure = failureOf(error);
    if (failure?.kind !== kind) throw error;
    return { ok: false, ...(failure as Extract<CommandFailure, { kind: Kind }>) };
  };
}

function finished(answer: Promise<null>): Promise<Finish> {
  return answer.then(() => ({ ok: true }), refused('setup'));
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
    return call('wizard_fingerprint', { address }).then(
      (found) => ({ ok: true, ...found }),
      refused('address'),
    );
  }

  devices(): Promise<Devices> {
    return call('wizard_devices');
  }

  password(password: string, nama: string, email: string, nama_sekolah: string): Promise<Nilai> {
    return call('wizard_password', { password, nama, email, nama_sekolah });
  }

  finish(setup: Setup): Promise<Finish> {
    return finished(call('wizard_finish', { setup }));
  }

  backup(path: string | null): Promise<Looked> {
    return call('wizard_backup', { path }).then(
      (found) => ({ ok: true, found: found ?? undefined }),
      refused('setup'),
    );
  }

  restore(path: string, kode: string): Promise<Begun> {
    return call('wizard_restore', { path, kode }).then((school) => ({ ok: true, school }), refused('setup'));
  }

  restoreProgress(): Promise<RestoreProgress | null> {
    return call('wizard_restore_progress');
  }

  trouble(): Promise<Trouble | null> {
    return call('trouble');
  }

  retry(port: number | null): Promise<Finish> {
    return finished(call('trouble_retry', { port }));
  }
}

export const wizard: Wizard = new TauriWizard();
