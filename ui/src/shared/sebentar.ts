/** Whole minutes until the guru comes, rounded up. 0 means now; negative minutes have passed since. */
export function sebentarLeft(sampai_ms: number, now_ms: number): number {
  const left_ms = sampai_ms - now_ms;
  if (left_ms > 0) return Math.ceil(left_ms / 60_000);
  return 0 - Math.floor(-left_ms / 60_000);
}
