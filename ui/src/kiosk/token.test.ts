import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findToken, ours } from './token';

type Case = { text: string; token: string | null };
const cases = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/token.json', import.meta.url), 'utf8'),
) as Case[];
const token = cases[0]?.text ?? '';

test.each(cases)('a token is found as the shared cases say: $text', ({ text, token }) => {
  expect(findToken(text) ?? null).toBe(token);
});

test('a text that no code holds has none', () => {
  expect(findToken(token + ' '.repeat(4250))).toBeUndefined();
});

test('of several texts only ours are meant, and all where none is', () => {
  expect(ours(['00020101', `${token}/`, 'https://wa.me/62'])).toEqual([`${token}/`]);
  expect(ours(['00020101', 'https://wa.me/62'])).toEqual(['00020101', 'https://wa.me/62']);
});
