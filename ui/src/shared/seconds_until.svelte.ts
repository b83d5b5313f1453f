/** Seconds until a moment by this PC's clock; follows the screen's own second. */
import { clock } from './clock.svelte';

export function secondsUntil(moment: number): number {
  // Asked for, so that whoever shows it follows the clock.
  const is_running = clock.now > 0;
  return is_running ? Math.max(0, Math.ceil((moment - Date.now()) / 1000)) : 0;
}
