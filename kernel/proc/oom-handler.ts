// Whom the out-of-memory killer may choose, and how it reaches them (kernel/mm/reclaim/oom.ts decides).

import { SIGKILL } from "../abi/signal.ts";
import type { OomCandidate } from "../mm/reclaim/oom.ts";
import type { Kernel } from "./kernel.ts";
import { kernelSignal, sendSignal } from "./signal-send.ts";

export function installOomHandler(k: Kernel): void {
  k.mm.setOomHandler({
    *candidates(): Iterable<OomCandidate> {
      for (const { pid, comm, space, oomAdjustment } of k.processes.all()) {
        if (space !== undefined) {
          yield { pid, name: comm, space, immune: pid === 1, adjustment: oomAdjustment };
        }
      }
    },
    caller: () => k.current && { space: k.current.process.space, frameWait: k.current.frameWait },
    kill: (pid) => {
      const process = k.processes.process(pid);
      if (process !== undefined) sendSignal(k, process, kernelSignal(SIGKILL));
    },
  });
}
