/** A new idempotency key: what is sent under the same one is carried out once. */
export function newIdempotencyKey(): string {
  // `randomUUID` exists on secure origins only, and a page may come over a school's plain network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
