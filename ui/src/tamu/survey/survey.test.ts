import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendSurvei } from '../../api/kunjungan';
import { failed, ok } from '../../api/result';
import { t } from '../../i18n/survey';
import { refusal } from '../../test_answers';
import { KODE } from '../test_kunjungan';
import { Survey } from './survey.svelte';
import { UNSUR } from './unsur';

vi.mock('../../api/kunjungan', async (original) => ({
  ...(await original<object>()),
  sendSurvei: vi.fn(),
}));
const send = vi.mocked(sendSurvei);
beforeEach(() => localStorage.removeItem(`bukutamu.survei.${KODE}`));
afterEach(() => vi.resetAllMocks());

test('nine elements, each asked once with four answers', () => {
  expect(new Set(UNSUR).size).toBe(9);
  for (const unsur of UNSUR) expect(new Set(t.unsur[unsur].answers).size).toBe(4);
});

test('touching an answer goes on, and going back forgets nothing', () => {
  const survey = new Survey(KODE);
  survey.choose(4);
  survey.choose(2);
  expect([survey.step, survey.unsur]).toEqual([2, 'waktu']);
  survey.back();
  expect([survey.unsur, survey.mark]).toEqual(['prosedur', 2]);
  survey.next();
  survey.back();
  survey.skip();
  survey.back();
  expect(survey.mark).toBeUndefined();
});

test('a survey that was left is taken up where it was', () => {
  const before = new Survey(KODE);
  before.choose(3);
  before.skip();
  before.respondent.usia = '30_39';
  before.saran = 'Parkir';
  before.keep();
  const after = new Survey(KODE);
  expect([after.step, after.marks, after.respondent.usia, after.saran]).toEqual([
    2,
    { persyaratan: 3 },
    '30_39',
    'Parkir',
  ]);
});

test('what a guest did not answer is not sent, and at least one answer is needed', async () => {
  const survey = new Survey(KODE);
  for (let step = 0; step < survey.total; step += 1) survey.skip();
  expect(survey.unsur).toBeUndefined();
  expect(await survey.submit()).toBe(false);
  expect(send).not.toHaveBeenCalled();
  survey.back();
  survey.choose(4);
  survey.respondent.pekerjaan = 'swasta';
  send.mockResolvedValue(ok(undefined));
  expect(await survey.submit()).toBe(true);
  expect(send).toHaveBeenCalledWith(KODE, { unsur: { sarana: 4 }, pekerjaan: 'swasta' });
  expect(new Survey(KODE).marks).toEqual({});
});

test('without a connection the answers stay; a survey that was filled in before is over', async () => {
  const survey = new Survey(KODE);
  survey.choose(4);
  send.mockResolvedValueOnce(failed({ kind: 'unreachable' }));
  expect(await survey.submit()).toBe(false);
  expect(new Survey(KODE).answered).toBe(1);
  send.mockResolvedValueOnce(refusal(409, 'survei_sudah_diisi'));
  expect(await survey.submit()).toBe(true);
  expect(new Survey(KODE).answered).toBe(0);
});

test('all of it takes no more than 90 seconds by its own estimate', () => {
  const survey = new Survey(KODE);
  expect(survey.minutes_left).toBeLessThanOrEqual(2);
  for (let step = 0; step < 5; step += 1) survey.skip();
  expect(survey.minutes_left).toBe(1);
});
