// Process groups and sessions (credentials(7), setpgid(2), setsid(2)), and the rules that keep stopped jobs from being
// forgotten: a group is orphaned when nobody of its session outside the group is parent to one of its members.

import { EACCES, EINVAL, EPERM, ESRCH } from "../abi/errno.ts";
import { SIGCONT, SIGHUP } from "../abi/signal.ts";
import type { Kernel } from "./kernel.ts";
import type { Process } from "./process.ts";
import { kernelSignal, signalGroup } from "./signal-send.ts";

/** setpgid(2), called by `caller`. Zero stands for the caller, and for the process itself. */
export function setProcessGroup(k: Kernel, caller: Process, pid: number, pgid: number): number {
  if (pgid < 0) return -EINVAL;
  const target = pid === 0 ? caller : k.processes.process(pid);
  if (target === undefined || (target !== caller && target.parent !== caller)) return -ESRCH;
  const group = pgid === 0 ? target.pid : pgid;
  if (target !== caller) {
    if (target.sid !== caller.sid) return -EPERM;
    if (target.executed) return -EACCES;
  }
  if (target.sid === target.pid) return -EPERM;
  if (group !== target.pid && !groupInSession(k, group, caller.sid)) return -EPERM;
  target.pgid = group;
  return 0;
}

/** setsid(2): the new session's number. */
export function newSession(k: Kernel, process: Process): number {
  if (k.processes.group(process.pid).length > 0) return -EPERM;
  process.sid = process.pid;
  process.pgid = process.pid;
  process.terminal = undefined;
  return process.pid;
}

export function groupInSession(k: Kernel, pgid: number, sid: number): boolean {
  return k.processes.group(pgid).some((process) => process.sid === sid);
}

/** True when the group has no member whose parent is of the same session and another group. `without` counts as gone. */
export function isOrphaned(k: Kernel, pgid: number, without?: Process): boolean {
  return !k.processes.group(pgid).some((member) => {
    const { parent } = member;
    if (member === without || parent === undefined || member.zombie) return false;
    return parent.pid !== 1 && parent.pgid !== pgid && parent.sid === member.sid;
  });
}

/** After `process` has ended: groups that this orphaned and that have a stopped member get SIGHUP, then SIGCONT. */
export function hangUpOrphans(
  k: Kernel,
  process: Process,
  formerChildren: readonly Process[],
): void {
  const groups = new Set(
    formerChildren.filter(({ sid }) => sid === process.sid).map(({ pgid }) => pgid),
  );
  groups.delete(process.pgid);
  const { parent } = process;
  // Its own group, if the one who ended was what tied it to the rest of its session.
  if (parent !== undefined && parent.sid === process.sid && parent.pgid !== process.pgid)
    groups.add(process.pgid);
  for (const pgid of groups) {
    if (!isOrphaned(k, pgid, process)) continue;
    if (!k.processes.group(pgid).some((member) => member.stopped && !member.zombie)) continue;
    signalGroup(k, pgid, kernelSignal(SIGHUP));
    signalGroup(k, pgid, kernelSignal(SIGCONT));
  }
}
