// What the machine needs of the world it runs in: a clock, a timer, a way to let the host's event loop turn, randomness.
// A worker and Node each bring one; tests bring one that is all their own.

export interface Host {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Seconds since 1970. */
  epochSeconds(): number;
  /** Resolves after the host has handled what has arrived: messages, input. */
  yieldToHost(): Promise<void>;
  /** Calls back after so many milliseconds; the result cancels it. */
  setTimer(milliseconds: number, callback: () => void): () => void;
  randomBytes(into: Uint8Array): void;
}

/** A turn of the event loop by a message to oneself: 9 µs, where a timer costs milliseconds. */
export function createYield(): {
  readonly yieldToHost: () => Promise<void>;
  readonly close: () => void;
} {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener("message", () => waiting.shift()?.());
  port1.start();
  return {
    yieldToHost: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    close: () => {
      port1.close();
      port2.close();
    },
  };
}
