/** Seconds until a moment, by this PC's clock. It is reactive and follows each second. */
import { clock } from './clock.svelte';

export function secondsUntil(moment: number): number {
  // Reading the clock makes the caller follow it.
  const is_running = clock.now > 0;
  return is_running ? Math.max(0, Math.ceil((moment - Date.now()) / 1000)) : 0;
}
