// Starts the kernel's worker and speaks with it through comlink. The worker's address is relative to the page's, so the
// page can lie in any folder of any host.

import { proxy, type Remote, wrap } from "comlink";
import type { MachineClient, MachineOptions } from "./api.ts";

export interface Connection {
  readonly machine: Remote<MachineClient>;
  /** Settles when the machine runs, rejects when it cannot. */
  readonly booted: Promise<void>;
}

export interface Listeners {
  /** Bytes for a terminal; `done` tells the machine that they have been shown. */
  readonly output: (terminal: number, bytes: Uint8Array, done: () => void) => void;
  /** A message from the kernel that a person should see. */
  readonly notice: (text: string) => void;
  /** The worker itself failed: nothing will answer any more. */
  readonly failed: (reason: string) => void;
}

export function connect(options: MachineOptions, listeners: Listeners): Connection {
  const worker = new Worker(new URL("kernel-worker.js", document.baseURI), {
    type: "module",
    name: "kernel",
  });
  worker.addEventListener("error", (event) => {
    listeners.failed(
      event.message ||
        "kernel-worker.js could not be loaded. Is the network there, and the folder that this page came from complete?",
    );
  });
  const machine = wrap<MachineClient>(worker);
  const output = (terminal: number, bytes: Uint8Array): void => {
    listeners.output(terminal, bytes, () => void machine.acknowledge(terminal, bytes.length));
  };
  const booted = machine.boot(options, proxy(output), proxy(listeners.notice));
  return { machine, booted };
}
