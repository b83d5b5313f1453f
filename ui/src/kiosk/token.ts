/**
 * Finds what looks like a code of the guest book. The crate `domain` has the same rule with its reasons
 * (`token::find`), and both run the same cases: `tests/fixtures/token.json`.
 */

/** Begins and ends as every token does. Letters and digits may touch it; overlapping ones all count. */
const FORMED = /(?=(c[a-h][a-z2-7]{44}[aiqy]))/gi;
/** Any other has to stand alone. */
const RUN = /[a-z2-7]{47,}/gi;
export const TOKEN_LENGTH = 47;
/** No QR code holds more characters. */
const MAX_TEXT_BYTES = 4296;

/** The stretch of the text that looks like a token, whatever stands before and after it; of several the last one. */
export function findToken(text: string): string | undefined {
  if (text.length > MAX_TEXT_BYTES) return undefined;
  const formed = [...text.matchAll(FORMED)].at(-1)?.[1];
  return formed ?? (text.match(RUN) ?? []).filter((run) => run.length === TOKEN_LENGTH).at(-1);
}

/** The texts with a token if there are any, otherwise all, in their order. */
export function ours<T extends string>(texts: T[]): T[] {
  const tokens = texts.filter((text) => findToken(text) !== undefined);
  return tokens.length > 0 ? tokens : texts;
}
