/**
 * The front desk of a test: what is asked of the server and what would sound is recorded instead. A test file puts these in
 * their place by `vi.mock`, whose first argument is read by the test runner and so stands in each.
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

/** `../shared/bunyi` */
export const sound_mocks = { ...sounds, keptVolume: () => 'mati' };

/** A code by its looks; the letters of others of this form stand for who brings them. */
export const TOKEN = 'CAAQAAAAAAAAAABKADVGAOKIVPXUHWTQDLZNABAYSIEGABY';
const code = (letter: string) => `${TOKEN.slice(0, 40)}${letter.repeat(6)}Q`;
export const [SATU, DUA] = [code('S'), code('D')];

/** The visit of a guest who has just come. */
export const came = bodyOf<Scan>('scan-datang').appointment as JanjiTemu;
