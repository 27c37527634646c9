// How a system call that did not finish is begun again (signal(7), "Interruption of system calls"). The kernel leaves pc
// on the ecall and a0 untouched until a call completes, so beginning again is nothing but running the thread; what a
// call must remember from one try to the next is plain data in its thread's Restart.

/** Begin again unless a handler without SA_RESTART ran: then EINTR. */
export const ERESTARTSYS = 512;
/** Begin again always. */
export const ERESTARTNOINTR = 513;
/** Begin again if no handler ran, else EINTR. */
export const ERESTARTNOHAND = 514;
/** As ERESTARTNOHAND, for calls that also remember an absolute deadline. */
export const ERESTART_RESTARTBLOCK = 516;
/** Not a result: the call replaced the thread's registers (execve, rt_sigreturn) or ended it (exit). */
export const NO_RESULT = -4096 * 4096;

/** True for the four codes above, negated. */
export function isRestart(result: number): boolean {
  return result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK;
}

/** What one call remembers while it is begun again; `active` is false between calls. */
export interface Restart {
  active: boolean;
  /** Bytes already moved, or whatever else the call counts. */
  done: number;
  /** Absolute machine time in nanoseconds at which the call gives up; Infinity for never. */
  deadline: number;
  /** When the call was first issued (ns): what a terminal's VTIME counts from. */
  started: number;
  /** The child that vfork waits for. */
  child: number;
  /** The address of the mapping that mmap is bringing in. */
  mapped: number;
  /** swapoff has switched swap off and is not done: it is on again if the thread ends. */
  emptying: boolean;
}

export function createRestart(): Restart {
  return {
    active: false,
    done: 0,
    deadline: Infinity,
    started: 0,
    child: 0,
    mapped: 0,
    emptying: false,
  };
}

/** Begins a call's record, or finds the one of its earlier try: then it is returned unchanged. */
export function beginRestart(restart: Restart): boolean {
  if (restart.active) return false;
  restart.active = true;
  restart.done = 0;
  restart.deadline = Infinity;
  restart.started = 0;
  restart.child = 0;
  restart.mapped = 0;
  restart.emptying = false;
  return true;
}
