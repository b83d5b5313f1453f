import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every command stands once, on a line of its own that begins with its name', () => {
  const text = readFileSync(new URL('./commands.ts', import.meta.url), 'utf8');
  const body = /export interface Commands \{\n([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
  const lines = body.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('  //'));
  const names = lines.map((line) => /^ {2}([a-z_]+): \(.*\) => .*;$/.exec(line)?.[1]);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});
