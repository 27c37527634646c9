// Who asks. A file operation gets the process that called, as far as files care: identity for permissions and job
// control, its directories, its memory for the structures that ioctl(2) passes by address. kernel/proc implements it.

import type { Dentry } from "./dentry.ts";
import type { File } from "./file.ts";

/** What clone(2)'s CLONE_FS shares: the two directories that path walks begin at, and the umask. */
export class FsContext {
  root: Dentry;
  cwd: Dentry;
  /** Permission bits that a new file does not get, 0 … 0o777. */
  umask: number;

  constructor(root: Dentry, cwd: Dentry, umask = 0o022) {
    this.root = root;
    this.cwd = cwd;
    this.umask = umask;
  }

  clone(): FsContext {
    return new FsContext(this.root, this.cwd, this.umask);
  }
}

/** A terminal as the session that it controls sees it (kernel/dev implements it; /dev/tty and /proc read it). */
export interface ControllingTerminal {
  /** The device number, as st_rdev and the seventh field of /proc/PID/stat have it. */
  readonly rdev: number;
  /** The session that it controls, 0 for none. */
  readonly session: number;
  /** The foreground process group, 0 for none. */
  readonly foreground: number;
  /** Opens it again: what /dev/tty does. */
  reopen(flags: number): File | number;
}

export interface Caller {
  /** The process (thread group), not the thread. */
  readonly pid: number;
  readonly pgid: number;
  readonly sid: number;
  /** The ids that permission checks use (fsuid, fsgid). */
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly fs: FsContext;
  /** The controlling terminal; undefined for none. The terminal itself sets it, on TIOCSCTTY and on open. */
  terminal: ControllingTerminal | undefined;
  /** True if sending `signo` to this process would have no effect: the job-control rules of tty reads and writes ask. */
  signalBlockedOrIgnored(signo: number): boolean;
  /** Copies from the caller's memory; returns how many bytes arrived. Short means a bad address, or that the page has
   * to be fetched first: the handler returns -EFAULT, and the system-call layer knows which it was and issues it again.
   * So an ioctl copies in before it changes anything, and what it copies out it can compute again. */
  copyIn(address: number, into: Uint8Array, offset: number, length: number): number;
  /** Copies to the caller's memory; returns how many bytes arrived. */
  copyOut(address: number, from: Uint8Array, offset: number, length: number): number;
}
