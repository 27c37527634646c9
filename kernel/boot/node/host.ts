// Node as the machine's host.

import { webcrypto } from "node:crypto";
import type { Host } from "../host.ts";

export function createNodeHost(): Host {
  return {
    now: () => performance.now(),
    epochSeconds: () => Date.now() / 1000,
    // Not a message to oneself, as in a browser: Node handles up to a thousand of those before it looks at input.
    yieldToHost: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
    setTimer: (milliseconds, callback) => {
      const timer = setTimeout(callback, Math.min(milliseconds, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
    randomBytes: (into) => {
      // getRandomValues takes 64 KiB at most.
      for (let at = 0; at < into.length; at += 65536)
        webcrypto.getRandomValues(into.subarray(at, at + 65536));
    },
  };
}
