/** The school's settings, for an admin. */
import { call, client } from './client';
import { json, type SetelanRequest } from './requests';
import type { Result } from './result';
import type { DampakSetelan, Setelan } from './types';

export function getSetelan(): Promise<Result<Setelan>> {
  return call(client.GET('/api/settings'));
}

/** Sends only what changes. The server refuses it as `versi_usang` if somebody else was faster. */
export function updateSetelan(changes: SetelanRequest): Promise<Result<Setelan>> {
  return call(client.PUT('/api/settings', json(changes)));
}

/** What a change would touch; changes nothing. */
export function previewSetelan(changes: SetelanRequest): Promise<Result<DampakSetelan>> {
  return call(client.POST('/api/settings/pratinjau', json(changes)));
}
