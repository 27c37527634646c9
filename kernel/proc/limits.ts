// Resource limits (getrlimit(2)) and the kernel's own limits on processes.

import {
  RLIMIT_AS,
  RLIMIT_CORE,
  RLIMIT_DATA,
  RLIMIT_MEMLOCK,
  RLIMIT_NOFILE,
  RLIMIT_NPROC,
  RLIMIT_STACK,
  RLIM_NLIMITS,
} from "../abi/process.ts";
import { MAX_DESCRIPTORS } from "./fd-table.ts";

/** Live processes and threads at most; fork beyond it is EAGAIN. Kernel objects live outside RAM under this limit. */
export const MAX_TASKS = 512;
/** Pids start again after this one. */
export const PID_MAX = 32767;
/** RLIMIT_SIGPENDING: real-time signals queued for one process. */
export const MAX_PENDING_SIGNALS = 1024;
const RLIMIT_SIGPENDING = 11;
const STACK_DEFAULT = 8 * 1024 * 1024;

/** Soft and hard limits by RLIMIT_* number; Infinity is RLIM_INFINITY. */
export class ResourceLimits {
  readonly soft = new Float64Array(RLIM_NLIMITS).fill(Infinity);
  readonly hard = new Float64Array(RLIM_NLIMITS).fill(Infinity);

  constructor() {
    this.soft[RLIMIT_STACK] = STACK_DEFAULT;
    this.soft[RLIMIT_CORE] = 0;
    this.soft[RLIMIT_NOFILE] = 1024;
    this.hard[RLIMIT_NOFILE] = MAX_DESCRIPTORS;
    this.soft[RLIMIT_NPROC] = MAX_TASKS;
    this.hard[RLIMIT_NPROC] = MAX_TASKS;
    this.soft[RLIMIT_MEMLOCK] = 8 * 1024 * 1024;
    this.hard[RLIMIT_MEMLOCK] = 8 * 1024 * 1024;
    this.soft[RLIMIT_SIGPENDING] = MAX_PENDING_SIGNALS;
    this.hard[RLIMIT_SIGPENDING] = MAX_PENDING_SIGNALS;
  }

  copy(from: ResourceLimits): void {
    this.soft.set(from.soft);
    this.hard.set(from.hard);
  }

  get descriptors(): number {
    return this.soft[RLIMIT_NOFILE] ?? MAX_DESCRIPTORS;
  }

  get stack(): number {
    return this.soft[RLIMIT_STACK] ?? STACK_DEFAULT;
  }

  get data(): number {
    return this.soft[RLIMIT_DATA] ?? Infinity;
  }

  get addressSpace(): number {
    return this.soft[RLIMIT_AS] ?? Infinity;
  }
}
