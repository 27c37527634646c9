// What terminals ask of processes. kernel/proc implements it; the terminal itself knows only numbers.

export interface SessionHooks {
  /** Sends a signal from the kernel to every process of a group. */
  signalGroup(pgid: number, signo: number): void;
  /** Sends a signal from the kernel to one process. */
  signalProcess(pid: number, signo: number): void;
  groupExists(pgid: number): boolean;
  groupInSession(pgid: number, sid: number): boolean;
  /** No member has a parent in another group of the same session: nobody could continue it (POSIX, "orphaned"). */
  orphaned(pgid: number): boolean;
  /** Every process of the session forgets its controlling terminal. */
  clearTerminal(sid: number): void;
}
