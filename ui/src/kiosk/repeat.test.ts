import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RepeatFilter } from './repeat';

type Case = { what: string; sightings: [at_ms: number, text: string, counts: boolean][] };
const cases = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/repeat.json', import.meta.url), 'utf8'),
) as Case[];

test.each(cases)('as the shared cases say: $what', ({ sightings }) => {
  const filter = new RepeatFilter();
  const counted = sightings.map(([at_ms, text]) => filter.admit(text, at_ms));
  expect(counted).toEqual(sightings.map(([, , counts]) => counts));
});
