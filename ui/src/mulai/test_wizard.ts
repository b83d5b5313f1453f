/** The program's side of the first start, for tests without the program. */
import { vi } from 'vitest';
import type { Wizard } from '../host/mulai';

export const wizard = {
  discover: vi.fn<Wizard['discover']>(),
  fingerprint: vi.fn<Wizard['fingerprint']>(),
  devices: vi.fn<Wizard['devices']>(),
  password: vi.fn<Wizard['password']>(),
  finish: vi.fn<Wizard['finish']>(),
  backup: vi.fn<Wizard['backup']>(),
  restore: vi.fn<Wizard['restore']>(),
  restoreProgress: vi.fn<Wizard['restoreProgress']>(),
  trouble: vi.fn<Wizard['trouble']>(),
  retry: vi.fn<Wizard['retry']>(),
};
