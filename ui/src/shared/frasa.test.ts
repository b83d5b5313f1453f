import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cocok, frasa, sorot } from './frasa';

type Case = { text: string; frasa: string };
const cases = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/frasa.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('a name is folded as the shared cases say: $text', ({ text, frasa: folded }) => {
  expect(frasa(text)).toBe(folded);
});

test('a text is found by parts of its words in any order', () => {
  expect(cocok('Ma’ruf Amin · Konsultasi', 'konsul maruf')).toBe(true);
  expect(cocok('Chloé', 'chloe')).toBe(true);
  expect(cocok('Chloé', 'cloe')).toBe(false);
  expect(cocok('Budi', ' ')).toBe(true);
});

test('what was typed is shown where it stands, however it is spelled', () => {
  expect(sorot('Bu Ratna', 'RAT')).toEqual(['Bu ', 'Rat', 'na']);
  expect(sorot('Ma’ruf Amin', 'maruf a')).toEqual(['', 'Ma’ruf A', 'min']);
  expect(sorot('Chloe\u0301 B', 'chloé')).toEqual(['', 'Chloe\u0301', ' B']);
  expect(sorot('Ratna', 'x')).toEqual(['Ratna', '', '']);
  expect(sorot('Ratna', ' ')).toEqual(['Ratna', '', '']);
});
