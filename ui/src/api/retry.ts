/** Sends a request again while the trouble may pass. */
import { isTrouble, type Result } from './result';

/** Waits before the second, third and fourth attempt. */
const WAITS_MS = [300, 900, 2000];

/**
 * Calls until it is answered or the waits are used up. The call must be idempotent: it reads, or sends one
 * `kunci`.
 */
export async function retrying<T>(call: () => Promise<Result<T>>, waits_ms = WAITS_MS): Promise<Result<T>> {
  let result = await call();
  for (const wait_ms of waits_ms) {
    if (result.ok || !isTrouble(result.failure)) return result;
    await sleep(jittered(wait_ms));
    result = await call();
  }
  return result;
}

/** Between half of the wait and all of it, so that a school's PCs do not come back at once. */
export function jittered(wait_ms: number): number {
  return wait_ms * (0.5 + Math.random() / 2);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
