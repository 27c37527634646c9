// What terminals ask of processes (kernel/dev/session-hooks.ts), answered.

import type { SessionHooks } from "../dev/session-hooks.ts";
import { groupInSession, isOrphaned } from "./job-control.ts";
import type { Kernel } from "./kernel.ts";
import { kernelSignal, sendSignal, signalGroup } from "./signal-send.ts";

export function createSessionHooks(k: Kernel): SessionHooks {
  return {
    signalGroup: (pgid, signo) => {
      signalGroup(k, pgid, kernelSignal(signo));
    },
    signalProcess: (pid, signo) => {
      const process = k.processes.process(pid);
      if (process !== undefined) sendSignal(k, process, kernelSignal(signo));
    },
    groupExists: (pgid) => k.processes.group(pgid).length > 0,
    groupInSession: (pgid, sid) => groupInSession(k, pgid, sid),
    orphaned: (pgid) => isOrphaned(k, pgid),
    clearTerminal: (sid) => {
      for (const process of k.processes.all())
        if (process.sid === sid) process.terminal = undefined;
    },
  };
}
