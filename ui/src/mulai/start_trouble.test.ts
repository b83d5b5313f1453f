import { beforeEach, expect, test, vi } from 'vitest';
import type { Trouble } from '../host/mulai';
import { StartTrouble } from './start_trouble.svelte';
import { wizard } from './test_wizard';

const taken: Trouble = { reason: 'port_dipakai', detail: 'port 8443', folder: '/data', port: 8443 };
const refused = { ok: false as const, reason: 'lain' as const, field: null, detail: 'x' };

let trouble: StartTrouble;
beforeEach(async () => {
  vi.resetAllMocks();
  wizard.trouble.mockResolvedValue(taken);
  wizard.retry.mockResolvedValue({ ok: true });
  trouble = new StartTrouble(wizard);
  await trouble.look();
});

test('a first start has none', async () => {
  wizard.trouble.mockResolvedValue(null);
  await trouble.look();
  expect(trouble.current).toBeNull();
});

test('another port is tried, and only one that can be', async () => {
  expect(trouble.port).toBe('8443');
  trouble.port = '99999';
  await trouble.tryAgain();
  expect(trouble.errors.port).toBeDefined();
  expect(wizard.retry).not.toHaveBeenCalled();
  trouble.port = '8444';
  await trouble.tryAgain();
  expect(wizard.retry).toHaveBeenCalledWith(8444);
  expect(trouble.is_mended).toBe(true);
});

test('what is in the way next is told, and the port is left as it is where it is not to blame', async () => {
  wizard.retry.mockResolvedValue(refused);
  wizard.trouble.mockResolvedValue({ ...taken, reason: 'database' });
  await trouble.tryAgain();
  expect(trouble.current?.reason).toBe('database');
  await trouble.tryAgain();
  expect(wizard.retry).toHaveBeenLastCalledWith(null);
  expect(trouble.is_retrying).toBe(false);
});

test('a program that answers nothing leaves no window that cannot be used', async () => {
  wizard.retry.mockRejectedValue('gone');
  wizard.trouble.mockRejectedValue('gone');
  await trouble.tryAgain();
  expect(trouble.current).toMatchObject({ reason: 'lain', detail: 'gone' });
  expect(trouble.is_retrying).toBe(false);
});

test('everything can be set up anew instead', () => {
  trouble.startOver();
  expect(trouble.current).toBeNull();
});

test('a port that is typed while an attempt is under way stays', async () => {
  wizard.retry.mockImplementation(() => {
    trouble.port = '8445';
    return Promise.resolve(refused);
  });
  await trouble.tryAgain();
  expect(trouble.port).toBe('8445');
});
