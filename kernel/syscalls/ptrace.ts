// ptrace(2). What it does is in kernel/proc/ptrace, which few need: it is fetched when somebody first asks. The fetch is
// due at once, so in virtual time the machine waits for it and nothing depends on the host.

import { ENOSYS } from "../abi/errno.ts";
import { copyIn, copyOut, load64, store64 } from "../mm/user-copy.ts";
import type { Kernel } from "../proc/kernel.ts";
import { tellParent } from "../proc/process-exit.ts";
import { reportOf, totalsOf } from "../proc/process-wait.ts";
import { decodeSignalInfo, encodeSignalInfo } from "../proc/signal-frame.ts";
import { sendSignal, sendToThread } from "../proc/signal-send.ts";
import type { Thread } from "../proc/thread.ts";
import type { Tracing } from "../proc/tracing.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import type { Family } from "./definition.ts";

const services = {
  copyIn,
  copyOut,
  load64,
  store64,
  encodeSignalInfo,
  decodeSignalInfo,
  sendSignal,
  sendToThread,
  reportOf,
  totalsOf,
  tellParent,
};

async function fetchTracing(k: Kernel, t: Thread): Promise<number> {
  const arrived = new WaitQueue();
  const fetch: { tracing?: Tracing; why?: string } = {};
  k.completions.start(
    k.clock.now(),
    import("../proc/ptrace/requests.ts"),
    ({ createTracing }) => {
      fetch.tracing = createTracing({ k, ...services });
      k.sched.wake(arrived);
    },
    ({ message }) => {
      fetch.why = message;
      k.sched.wake(arrived);
    },
  );
  // Only SIGKILL ends this earlier.
  while (fetch.tracing === undefined && fetch.why === undefined)
    await k.sched.sleep(t.task, [arrived]);
  if (fetch.why !== undefined) k.log.write(`ptrace: not loaded: ${fetch.why}`);
  k.tracing ??= fetch.tracing;
  return 0;
}

export const traceCalls = {
  ptrace: {
    args: { request: "i32", pid: "pid", addr: "address", data: "address" },
    partial:
      "no single steps (as on Linux riscv64: EIO), no seccomp, no PTRACE_PEEKSIGINFO; the tracer is the whole process, not one thread",
    run: (k, t, request, tid, address, data) => {
      if (k.tracing !== undefined) return k.tracing.request(t, request, tid, address, data);
      return fetchTracing(k, t).then(
        () => k.tracing?.request(t, request, tid, address, data) ?? -ENOSYS,
      );
    },
  },
} satisfies Family;
