/**
 * The front desk of a test. It records what is asked of the server and what would sound. A test file puts these in
 * place with `vi.mock`. The test runner reads the first argument of `vi.mock`, so it stands in each file.
 */
import { vi } from 'vitest';
import type { Failure } from '../api/result';
import type { JanjiTemu, Scan } from '../api/types';
import { bodyOf } from '../test_answers';

/** `../api/janji_temu` */
export const sent = {
  alertAgain: vi.fn(),
  createJanjiTemu: vi.fn(),
  listDays: vi.fn(),
  listToday: vi.fn(),
  lookAtCode: vi.fn(),
  reschedule: vi.fn(),
  scan: vi.fn(),
  updateJanjiTemu: vi.fn(),
  updateStatus: vi.fn(),
};

export const away: { ok: false; failure: Failure } = { ok: false, failure: { kind: 'unreachable' } };

/** `../api/client`: nobody answers. */
export const nobody = { client: { GET: () => undefined }, call: () => Promise.resolve(away) };

export const sounds = { soundRead: vi.fn(), soundYes: vi.fn(), soundNo: vi.fn(), soundTanggapan: vi.fn() };

/** `../shared/sounds` */
export const sound_mocks = { ...sounds, keptVolume: () => 'mati' };

/** Looks like a code. */
export const TOKEN = 'CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY';
const code = (letter: string) => `${TOKEN.slice(0, 40)}${letter.repeat(6)}Q`;
export const [SATU, DUA] = [code('S'), code('D')];

/** The visit of a guest who has just come. */
export const came = bodyOf<Scan>('scan-datang').appointment as JanjiTemu;
