/** A new idempotency key. The server carries out once what is sent under the same key. */
export function newIdempotencyKey(): string {
  // `randomUUID` exists on secure origins only, and a page may come over a school's plain network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
