/** What the program says to `api_fetch`: one line about the answer, then the answer's body as it came. */

type Head = {
  status: number;
  content_type: string | null;
  retry_after: string | null;
  /** How far the server's clock is ahead, where the answer told. */
  clock_offset_ms: number | null;
};

const LINE_END = 0x0a;
/** These have no body, and a `Response` refuses to be given one. */
const WITHOUT_BODY = [204, 205, 304];

/** Throws where it is not of this form. */
export function readAnswer(bytes: Uint8Array<ArrayBuffer>): {
  response: Response;
  clock_offset_ms: number | undefined;
} {
  const end = bytes.indexOf(LINE_END);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Head;
  const headers = new Headers();
  if (head.content_type !== null) headers.set('Content-Type', head.content_type);
  if (head.retry_after !== null) headers.set('Retry-After', head.retry_after);
  const body = WITHOUT_BODY.includes(head.status) ? null : bytes.subarray(end + 1);
  // What reads JSON looks at this before it tries.
  headers.set('Content-Length', String(body?.length ?? 0));
  const response = new Response(body, { status: head.status, headers });
  return { response, clock_offset_ms: head.clock_offset_ms ?? undefined };
}
