import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matches, foldedWords, highlighted } from './folded_words';

type Case = { text: string; frasa: string };
const cases = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/frasa.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('a name is folded as the shared cases say: $text', ({ text, frasa: folded }) => {
  expect(foldedWords(text)).toBe(folded);
});

test('a text is found by parts of its words in any order', () => {
  expect(matches('Ma’ruf Amin · Konsultasi', 'konsul maruf')).toBe(true);
  expect(matches('Chloé', 'chloe')).toBe(true);
  expect(matches('Chloé', 'cloe')).toBe(false);
  expect(matches('Budi', ' ')).toBe(true);
});

test('what was typed is shown where it stands, however it is spelled', () => {
  expect(highlighted('Bu Ratna', 'RAT')).toEqual(['Bu ', 'Rat', 'na']);
  expect(highlighted('Ma’ruf Amin', 'maruf a')).toEqual(['', 'Ma’ruf A', 'min']);
  expect(highlighted('Chloe\u0301 B', 'chloé')).toEqual(['', 'Chloe\u0301', ' B']);
  expect(highlighted('Ratna', 'x')).toEqual(['Ratna', '', '']);
  expect(highlighted('Ratna', ' ')).toEqual(['Ratna', '', '']);
});
