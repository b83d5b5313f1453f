/** What the program tells a window by a channel, of which each window has one at a time. */
import { Channel } from './channel';
import { tell } from './ipc';

export class Feed<T> {
  readonly #listeners = new Set<(message: T) => void>();
  /** The last one counts; those before it may still bring what was sent before it was opened. */
  #channels: Channel<T>[] = [];
  /** One request after the other, so that an end never overtakes the next beginning. */
  #turn: Promise<unknown> = Promise.resolve();

  /** `begins_whole`: a new channel is first told how things stand, and so is opened for each new listener. */
  constructor(
    private readonly open: (channel: Channel<T>) => Promise<unknown>,
    private readonly close?: () => Promise<unknown>,
    private readonly begins_whole = false,
  ) {}

  /** Gives what ends it. */
  listen(listener: (message: T) => void): () => void {
    const is_first = this.#listeners.size === 0;
    this.#listeners.add(listener);
    if (is_first || this.begins_whole) this.#open();
    return () => {
      if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
      // What was told before an end is not heard after it.
      for (const channel of this.#channels) channel.close();
      this.#channels = [];
      const { close } = this;
      if (close) this.#queue(close);
    };
  }

  #open(): void {
    const channel = new Channel<T>((message) => {
      for (const listener of [...this.#listeners]) listener(message);
    });
    this.#channels.push(channel);
    this.#queue(() => this.open(channel));
  }

  #queue(request: () => Promise<unknown>): void {
    this.#turn = this.#turn.then(request, request);
    tell(this.#turn);
  }
}
