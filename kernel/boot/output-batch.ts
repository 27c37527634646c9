// A terminal's output on its way to the page: programs print a few bytes at a time, and a message to another thread costs
// as much as a kilobyte. What is printed until the machine next turns to its host becomes one message.

import type { Host } from "./host.ts";

/** Collects bytes and hands them on at the next turn of the host's event loop, in one array of its own. */
export function batchOutput(
  host: Pick<Host, "yieldToHost">,
  deliver: (bytes: Uint8Array) => void,
): (bytes: Uint8Array) => void {
  let chunks: Uint8Array[] = [];
  let length = 0;
  const send = (): void => {
    const all = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    chunks = [];
    length = 0;
    deliver(all);
  };
  return (bytes) => {
    length += bytes.length;
    if (chunks.push(bytes) === 1) void host.yieldToHost().then(send);
  };
}
