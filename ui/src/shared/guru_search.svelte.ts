/** Finds a guru while somebody types. */
import { listGuru } from '../api/guru';
import type { Result } from '../api/result';
import type { Page, GuruRingkas } from '../api/types';
import { Suggestions } from './suggestions.svelte';

const AFTER_MS = 120;
/** As many as fit on the smallest screen. */
const SHOWN = 5;

export class GuruSearch extends Suggestions<GuruRingkas> {
  /** `refusingGurus`: gurus who cannot meet this guest come last. */
  constructor(refusingGurus: readonly number[] = []) {
    super((q) => listGuru(q, SHOWN).then((found) => lastly(found, refusingGurus)), AFTER_MS);
    void this.load();
  }
}

function lastly(
  found: Result<Page<GuruRingkas>>,
  refusingGurus: readonly number[],
): Result<Page<GuruRingkas>> {
  if (!found.ok) return found;
  const refuses = ({ id }: GuruRingkas) => refusingGurus.includes(id);
  const { data } = found.data;
  const sorted = [...data.filter((guru) => !refuses(guru)), ...data.filter(refuses)];
  return { ok: true, data: { ...found.data, data: sorted } };
}
