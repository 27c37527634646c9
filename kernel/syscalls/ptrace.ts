// ptrace(2). What it does is in kernel/proc/ptrace; who never traces has nothing of it but one field to look at.

import { createTracing } from "../proc/ptrace/requests.ts";
import type { Family } from "./definition.ts";

export const traceCalls = {
  ptrace: {
    args: { request: "i32", pid: "pid", addr: "address", data: "address" },
    partial:
      "no single steps (as on Linux riscv64: EIO), no seccomp, no PTRACE_PEEKSIGINFO; the tracer is the whole process, not one thread",
    run: (k, t, request, tid, address, data) => {
      k.tracing ??= createTracing(k);
      return k.tracing.request(t, request, tid, address, data);
    },
  },
} satisfies Family;
