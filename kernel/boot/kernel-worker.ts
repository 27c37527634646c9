// The kernel's worker: everything of the machine but its screen. The page talks to it through comlink.

import { expose } from "comlink";
import { createYield, type Host } from "./host.ts";
import { LocalMachine } from "./machine-client.ts";
import { openRemoteSwapStore } from "./remote-swap-store.ts";

const { yieldToHost } = createYield();

const host: Host = {
  now: () => performance.now(),
  epochSeconds: () => Date.now() / 1000,
  yieldToHost,
  setTimer: (milliseconds, callback) => {
    const timer = setTimeout(callback, Math.min(milliseconds, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
  randomBytes: (into) => {
    // getRandomValues takes 64 KiB at most, and no view of shared memory.
    for (let at = 0; at < into.length; at += 65536) {
      const chunk = new Uint8Array(Math.min(65536, into.length - at));
      into.set(crypto.getRandomValues(chunk), at);
    }
  },
};

/** Loads an archive; gunzips it unless the server has done so (some send .gz with Content-Encoding). */
async function load(address: URL): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok)
    throw new Error(`${address.pathname}: ${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

expose(
  new LocalMachine({
    host,
    loadCore: () => load(new URL("./image-core.cpio.gz", import.meta.url)),
    loadRest: () => load(new URL("./image-rest.cpio.gz", import.meta.url)),
    attachLater: async (machine) => {
      const { attachCompiler, startCompilerWorker } = await import("./browser-compiler.ts");
      attachCompiler(machine, startCompilerWorker);
    },
    openSwap: openRemoteSwapStore,
  }),
);
