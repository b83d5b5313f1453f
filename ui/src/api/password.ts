/** How hard a password is to guess. */
import { call, client } from './client';
import { json } from './requests';
import type { Result } from './result';
import type { Nilai } from './types';

/** Needs a session. The server judges a change of password by the same rule. */
export function ratePassword(password_baru: string): Promise<Result<Nilai>> {
  return call(client.POST('/api/nilai-sandi', json({ password_baru })));
}
