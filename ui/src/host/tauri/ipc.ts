/** The one place that talks to the desktop program. */
import { invoke } from '@tauri-apps/api/core';
import type { ArgsHeader, CommandFailure, Commands } from '../contract.mjs';

/** As they come: a short message may be an array of numbers. */
export type Bytes = ArrayBuffer | Uint8Array<ArrayBuffer> | number[];

/** The commands that bytes come with. */
type WithBytes = {
  [Name in keyof Commands]: Commands[Name]['bytes'] extends true ? Name : never;
}[keyof Commands];

type Args<Name extends keyof Commands> = Commands[Name]['args'] extends null
  ? []
  : [args: NonNullable<Commands[Name]['args']>];

type Reply<Name extends keyof Commands> = Promise<Commands[Name]['reply']>;

const ARGS_HEADER: ArgsHeader = 'x-args';

/** Rejects with a `CommandFailure` if the program does not carry it out. */
export function call<Name extends Exclude<keyof Commands, WithBytes>>(
  name: Name,
  ...[args]: Args<Name>
): Reply<Name> {
  return invoke(name, args);
}

/** The bytes are the call's body; what else it needs goes in a header, which holds no other letters than ASCII's. */
export async function callWithBytes<Name extends WithBytes>(
  name: Name,
  content: Blob,
  ...[args]: Args<Name>
): Reply<Name> {
  const headers = { [ARGS_HEADER]: encodeURIComponent(JSON.stringify(args ?? {})) };
  return invoke(name, new Uint8Array(await content.arrayBuffer()), { headers });
}

/** Why a command failed; nothing if its window may not call it, or there is no such command. */
export function failureOf(error: unknown): CommandFailure | undefined {
  return typeof error === 'object' && error !== null && 'kind' in error
    ? (error as CommandFailure)
    : undefined;
}

/** For what nobody waits for: if it fails, the console says so and the page goes on. */
export function tell(answer: Promise<unknown>): void {
  answer.catch((error: unknown) => console.error(error));
}

export function bytesOf(data: Bytes): Uint8Array<ArrayBuffer> {
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}
