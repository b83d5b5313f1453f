/** The first start: what sets this PC up. Only the desktop program has it. */
import type {
  Address,
  AddressFault,
  CommandFailure,
  Devices,
  FinishReason,
  Nilai,
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
  Setup,
  SetupServer,
  Sighting,
  Trouble,
  TroubleReason,
} from './contract.mjs';

/** What answers at an address that was typed. */
export type Fingerprint = ({ ok: true } & Address) | { ok: false; reason: AddressFault };

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

  trouble(): Promise<Trouble | null> {
    return call('trouble');
  }

  retry(port: number | null): Promise<Finish> {
    return finished(call('trouble_retry', { port }));
  }
}

export const wizard: Wizard = new TauriWizard();
