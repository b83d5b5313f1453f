/** The school's settings, for an admin. */
import { call, client } from './client';
import { json, type SetelanRequest } from './requests';
import type { Result } from './result';
import type { DampakSetelan, Setelan, UjiSetelan } from './types';

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

/** Sets the logo, in base64, if the settings are still of that version. */
export function setLogo(berkas: string, versi: number): Promise<Result<unknown>> {
  return call(client.PUT('/api/settings/logo', { params: { query: { versi } }, ...json({ berkas }) }));
}

export function removeLogo(versi: number): Promise<Result<unknown>> {
  return call(client.DELETE('/api/settings/logo', { params: { query: { versi } } }));
}

/** Asks the register's server for the school. The token is used once. */
export function tryRegister(where: {
  alamat: string;
  npsn: string;
  token: string;
}): Promise<Result<UjiSetelan>> {
  return call(client.POST('/api/settings/test', json({ apa: 'dapodik', ...where })));
}

/** Whether the folder for backups can be written. */
export function tryBackupFolder(): Promise<Result<UjiSetelan>> {
  return call(client.POST('/api/settings/test', json({ apa: 'backup' })));
}
