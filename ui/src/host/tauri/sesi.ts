/** The session is the program's, and the same in all its windows; tokens never come here. */
import { failed, ok, type Failure, type Result } from '../../api/result';
import type { Pengguna } from '../../api/types';
import type { SesiStatus } from '../contract.mjs';
import type { Sesi } from '../host';
import { Feed } from './feed';
import { call, failureOf } from './ipc';

export class TauriSesi implements Sesi {
  readonly #listeners = new Set<(status: SesiStatus) => void>();
  readonly #changes = new Feed<SesiStatus>(
    (channel) => call('sesi_watch', { channel }),
    () => call('sesi_unwatch'),
  );

  async restore(): Promise<Result<SesiStatus>> {
    const kept = await settled(call('sesi_restore'));
    // No change, and so not told by itself: this page is new, the session may be old.
    if (kept.ok) this.#tell(kept.data);
    return kept;
  }

  login(email: string, password: string): Promise<Result<Pengguna>> {
    return this.#enter(call('sesi_login', { email, password }));
  }

  changePassword(password_lama: string, password_baru: string): Promise<Result<Pengguna>> {
    return this.#enter(call('sesi_change_password', { password_lama, password_baru }));
  }

  async logout(): Promise<void> {
    await call('sesi_logout');
    this.#tell({ status: 'out', reason: 'signed_out' });
  }

  watch(listener: (status: SesiStatus) => void): () => void {
    this.#listeners.add(listener);
    const end = this.#changes.listen(listener);
    return () => {
      this.#listeners.delete(listener);
      end();
    };
  }

  async #enter(answer: Promise<Pengguna>): Promise<Result<Pengguna>> {
    const entered = await settled(answer);
    // Told here too, so that whoever asked is not ahead of the screen.
    if (entered.ok) this.#tell({ status: 'in', pengguna: entered.data });
    return entered;
  }

  #tell(status: SesiStatus): void {
    for (const listener of [...this.#listeners]) listener(status);
  }
}

function settled<T>(answer: Promise<T>): Promise<Result<T>> {
  return answer.then(ok, (error: unknown) => failed(refusalOf(error)));
}

/** A program that does not answer is a server that does not. */
function refusalOf(error: unknown): Failure {
  const failure = failureOf(error);
  switch (failure?.kind) {
    case 'problem':
    case 'unavailable':
    case 'signed_out':
      return failure;
    default:
      return { kind: 'unreachable' };
  }
}
