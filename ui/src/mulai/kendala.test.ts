import { beforeEach, expect, test, vi } from 'vitest';
import type { Trouble } from '../host/mulai';
import { Kendala } from './kendala.svelte';
import { wizard } from './test_wizard';

const taken: Trouble = { reason: 'port_dipakai', detail: 'port 8443', folder: '/data', port: 8443 };
const refused = { ok: false as const, reason: 'lain' as const, field: null, detail: 'x' };

let kendala: Kendala;
beforeEach(async () => {
  vi.resetAllMocks();
  wizard.trouble.mockResolvedValue(taken);
  wizard.retry.mockResolvedValue({ ok: true });
  kendala = new Kendala(wizard);
  await kendala.lihat();
});

test('a first start has none', async () => {
  wizard.trouble.mockResolvedValue(null);
  await kendala.lihat();
  expect(kendala.ada).toBeNull();
});

test('another port is tried, and only one that can be', async () => {
  expect(kendala.port).toBe('8443');
  kendala.port = '99999';
  await kendala.cobaLagi();
  expect(kendala.errors.port).toBeDefined();
  expect(wizard.retry).not.toHaveBeenCalled();
  kendala.port = '8444';
  await kendala.cobaLagi();
  expect(wizard.retry).toHaveBeenCalledWith(8444);
  expect(kendala.beres).toBe(true);
});

test('what is in the way next is told, and the port is left as it is where it is not to blame', async () => {
  wizard.retry.mockResolvedValue(refused);
  wizard.trouble.mockResolvedValue({ ...taken, reason: 'database' });
  await kendala.cobaLagi();
  expect(kendala.ada?.reason).toBe('database');
  await kendala.cobaLagi();
  expect(wizard.retry).toHaveBeenLastCalledWith(null);
  expect(kendala.mencoba).toBe(false);
});

test('a program that answers nothing leaves no window that cannot be used', async () => {
  wizard.retry.mockRejectedValue('gone');
  wizard.trouble.mockRejectedValue('gone');
  await kendala.cobaLagi();
  expect(kendala.ada).toMatchObject({ reason: 'lain', detail: 'gone' });
  expect(kendala.mencoba).toBe(false);
});

test('everything can be set up anew instead', () => {
  kendala.dariAwal();
  expect(kendala.ada).toBeNull();
});
