/** How hard a password is to guess. */
import { call, client } from './client';
import { json } from './requests';
import type { Result } from './result';
import type { Nilai } from './types';

/** For whoever is signed in: a change of password goes by the same rule. */
export function ratePassword(password_baru: string): Promise<Result<Nilai>> {
  return call(client.POST('/api/nilai-sandi', json({ password_baru })));
}
