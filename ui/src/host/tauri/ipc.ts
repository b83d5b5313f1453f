/** The one place that talks to the desktop program. */
import { invoke } from '@tauri-apps/api/core';
import type { Commands } from './commands';

/** As they come: a short message may be an array of numbers. */
export type Bytes = ArrayBuffer | Uint8Array<ArrayBuffer> | number[];

type Args<Name extends keyof Commands> = Parameters<Commands[Name]>;

/** Rejects where the program does not carry it out. */
export function call<Name extends keyof Commands>(
  name: Name,
  ...[args]: Args<Name>
): Promise<ReturnType<Commands[Name]>> {
  return invoke(name, args);
}

/** The commands that take bytes; what else they need goes in headers. */
export async function callWithBytes<Name extends 'save_file' | 'copy_picture' | 'decode_picture'>(
  name: Name,
  content: Blob,
  headers: Record<string, string> = {},
): Promise<ReturnType<Commands[Name]>> {
  return invoke(name, new Uint8Array(await content.arrayBuffer()), { headers });
}

/** For what nobody waits for: where it fails, the console says so and the page goes on. */
export function tell(answer: Promise<unknown>): void {
  answer.catch((error: unknown) => console.error(error));
}

export function bytesOf(data: Bytes): Uint8Array<ArrayBuffer> {
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}
