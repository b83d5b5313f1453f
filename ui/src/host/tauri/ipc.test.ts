import { beforeEach, expect, test, vi } from 'vitest';

const invoke = vi.hoisted(() => vi.fn());
vi.mock('@tauri-apps/api/core', () => ({ invoke }));

import type { CommandFailure, Setup } from '../contract.mjs';
import { wizard } from '../mulai';
import { outlet } from './outlet';

beforeEach(() => {
  invoke.mockReset();
});

test('what goes with bytes stands in a header, whatever its letters', async () => {
  invoke.mockResolvedValue(true);
  expect(await outlet.saveFile('kode Déwi.png', new Blob(['png']))).toBe(true);
  expect(invoke.mock.calls).toEqual([
    [
      'save_file',
      new TextEncoder().encode('png'),
      { headers: { 'x-args': '%7B%22name%22%3A%22kode%20D%C3%A9wi.png%22%7D' } },
    ],
  ]);
});

test('a PC that cannot be set up is a value; any other failure rejects', async () => {
  const refused: CommandFailure = {
    kind: 'setup',
    reason: 'port_dipakai',
    field: 'port',
    detail: 'port 8443',
  };
  invoke.mockRejectedValueOnce(refused).mockRejectedValueOnce('not allowed').mockResolvedValueOnce(null);
  expect(await wizard.finish({} as Setup)).toMatchObject({
    ok: false,
    reason: 'port_dipakai',
    field: 'port',
  });
  await expect(wizard.finish({} as Setup)).rejects.toBe('not allowed');
  expect(await wizard.retry(8444)).toEqual({ ok: true });
});

test('an address without a server says why', async () => {
  invoke.mockRejectedValueOnce({ kind: 'address', reason: 'tls' });
  expect(await wizard.fingerprint('192.0.2.1')).toMatchObject({ ok: false, reason: 'tls' });
  invoke.mockResolvedValueOnce({ url: 'https://192.0.2.1:8443', fingerprint: null });
  expect(await wizard.fingerprint('192.0.2.1')).toMatchObject({ ok: true, url: 'https://192.0.2.1:8443' });
});
