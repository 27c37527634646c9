// ptrace(2). What it does is in kernel/proc/ptrace; who never traces has nothing of it but one field to look at.

import { copyIn, copyOut, load64, store64 } from "../mm/user-copy.ts";
import { createTracing } from "../proc/ptrace/requests.ts";
import { tellParent } from "../proc/process-exit.ts";
import { reportOf, totalsOf } from "../proc/process-wait.ts";
import { decodeSignalInfo, encodeSignalInfo } from "../proc/signal-frame.ts";
import { sendSignal, sendToThread } from "../proc/signal-send.ts";
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

export const traceCalls = {
  ptrace: {
    args: { request: "i32", pid: "pid", addr: "address", data: "address" },
    partial:
      "no single steps (as on Linux riscv64: EIO), no seccomp, no PTRACE_PEEKSIGINFO; the tracer is the whole process, not one thread",
    run: (k, t, request, tid, address, data) => {
      k.tracing ??= createTracing({ k, ...services });
      return k.tracing.request(t, request, tid, address, data);
    },
  },
} satisfies Family;
