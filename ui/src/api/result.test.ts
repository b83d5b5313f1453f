import { expect, test } from 'vitest';
import { failureText } from '../i18n/failure';
import { answer } from '../test_answers';
import { codeOf, isTrouble, type Failure } from './result';

function failureOf(name: string): Failure {
  const result = answer(name);
  if (result.ok) throw new Error(`${name} is no refusal`);
  return result.failure;
}

test('what the server refuses with is told apart', () => {
  expect(failureOf('database-tidak-tersedia')).toEqual({ kind: 'unavailable' });
  expect(isTrouble(failureOf('database-tidak-tersedia'))).toBe(true);
  expect(codeOf(failureOf('transisi-tidak-sah'))).toBe('transisi_tidak_sah');
  expect(failureOf('isian-tidak-valid')).toMatchObject({
    problem: { errors: { 'tamu.nama': 'wajib diisi' } },
  });
});

test('who asked too often is told for how long to wait', () => {
  const slowed = failureOf('terlalu-sering');
  expect(slowed).toMatchObject({ kind: 'problem', retry_after_s: expect.any(Number) as number });
  const wait = (retry_after_s: number) => failureText({ ...slowed, retry_after_s } as Failure);
  expect(wait(30)).toContain('Tunggu 30 detik');
  expect(wait(601)).toContain('Tunggu 11 menit');
});
