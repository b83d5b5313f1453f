/** Seconds until a moment by this PC's clock; follows the screen's own second. */
import { jam } from './jam.svelte';

export function detikSampai(moment: number): number {
  // Asked for, so that whoever shows it follows the clock.
  const is_running = jam.kini > 0;
  return is_running ? Math.max(0, Math.ceil((moment - Date.now()) / 1000)) : 0;
}
