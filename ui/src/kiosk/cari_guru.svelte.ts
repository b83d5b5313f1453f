/** Finds a guru while somebody types. */
import { listGuru } from '../api/guru';
import type { GuruRingkas } from '../api/types';
import { Saran } from '../shared/saran.svelte';

const AFTER_MS = 120;
/** As many as fit on the smallest screen; the next letter finds the rest. */
const SHOWN = 5;

export class CariGuru extends Saran<GuruRingkas> {
  constructor() {
    super((q) => listGuru(q, SHOWN), AFTER_MS);
    void this.load();
  }
}

/** The text in three parts, the middle being what was typed. */
export function sorot(text: string, q: string): [string, string, string] {
  const wanted = q.trim().toLocaleLowerCase('id');
  const at = wanted ? text.toLocaleLowerCase('id').indexOf(wanted) : -1;
  if (at < 0) return [text, '', ''];
  return [text.slice(0, at), text.slice(at, at + wanted.length), text.slice(at + wanted.length)];
}
