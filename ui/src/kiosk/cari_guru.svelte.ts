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
