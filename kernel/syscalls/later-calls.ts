// The calls that no shell makes before its prompt: the page loads their code after that (kernel/boot/later.ts).

import type { SyscallName } from "../abi/syscall-numbers.ts";
import { attributeCalls } from "./attributes.ts";
import type { Family } from "./definition.ts";
import { futexCalls } from "./futex.ts";
import { kernelLogCalls } from "./kernel-log.ts";
import { machineCalls } from "./machine.ts";
import { pollCalls } from "./poll.ts";
import { traceCalls } from "./ptrace.ts";
import { scheduleCalls } from "./schedule.ts";
import { timeCalls } from "./time.ts";

export const laterCalls = {
  ...attributeCalls,
  ...pollCalls,
  ...timeCalls,
  ...futexCalls,
  ...machineCalls,
  ...kernelLogCalls,
  ...scheduleCalls,
  ...traceCalls,
} satisfies Family & Partial<Record<SyscallName, unknown>>;
