// The calls that a shell makes before it can show its prompt, and their families.

import type { SyscallName } from "../abi/syscall-numbers.ts";
import type { Family } from "./definition.ts";
import { descriptorCalls } from "./descriptors.ts";
import { identityCalls } from "./identity.ts";
import { memoryCalls } from "./memory.ts";
import { nameCalls } from "./names.ts";
import { processCalls } from "./processes.ts";
import { readWriteCalls } from "./read-write.ts";
import { signalCalls } from "./signals.ts";

export const firstCalls = {
  ...readWriteCalls,
  ...descriptorCalls,
  ...nameCalls,
  ...memoryCalls,
  ...processCalls,
  ...identityCalls,
  ...signalCalls,
} satisfies Family & Partial<Record<SyscallName, unknown>>;
