// Node as the machine's host.

import { webcrypto } from "node:crypto";
import { createYield, type Host } from "../host.ts";

/** `close` lets the process end: a message channel keeps it alive. */
export function createNodeHost(): Host & { readonly close: () => void } {
  const { yieldToHost, close } = createYield();
  return {
    now: () => performance.now(),
    epochSeconds: () => Date.now() / 1000,
    yieldToHost,
    setTimer: (milliseconds, callback) => {
      const timer = setTimeout(callback, Math.min(milliseconds, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
    randomBytes: (into) => {
      // getRandomValues takes 64 KiB at most.
      for (let at = 0; at < into.length; at += 65536) webcrypto.getRandomValues(into.subarray(at, at + 65536));
    },
    close,
  };
}
