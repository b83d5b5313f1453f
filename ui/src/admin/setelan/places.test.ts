import { expect, test } from 'vitest';
import openapi from '../../api/openapi.json';
import { id } from '../../i18n/admin_setelan.id';
import { NAMES } from './fields';
import { OWN_PLACE, SHEETS } from './sections';

const files = import.meta.glob<string>('./*.svelte', { query: '?raw', import: 'default', eager: true });
const schemas = openapi.components.schemas;

/** Settings that are no row, and why. */
const ELSEWHERE = {
  template: 'each kind of message has its own editor (TemplateSection)',
  versi: 'counts the changes; nobody sets it',
};

const of_sheets = Object.values(SHEETS).flatMap((sheets) => Object.values(sheets).flat());

test('every setting of the document has a place on the screen, and only one', () => {
  const settings = new Set([
    ...Object.keys(schemas.Setelan.properties),
    ...Object.keys(schemas.SetelanRequest.properties),
  ]);
  const placed = [...of_sheets, ...Object.keys(OWN_PLACE), ...Object.keys(ELSEWHERE)];
  expect(placed.toSorted()).toEqual([...settings].toSorted());
  const named = [...of_sheets, ...Object.keys(OWN_PLACE)];
  expect(named.toSorted(), 'and is known to the form').toEqual([...NAMES].toSorted());
  expect(NAMES.filter((name) => !id.isian[name].judul)).toEqual([]);
});

test('a part that shows a setting in its own way names it', () => {
  const missing = Object.entries(OWN_PLACE).filter(
    ([name, file]) => !files[`./${file}.svelte`]?.includes(name),
  );
  expect(missing).toEqual([]);
  const unused = new Set(Object.values(OWN_PLACE));
  for (const file of [...unused, 'TemplateSection', 'LogoSection'])
    expect(files['./SetelanScreen.svelte'], `${file} is shown`).toContain(`<${file} `);
});
