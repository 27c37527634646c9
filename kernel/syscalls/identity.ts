// Who a process is: ids, groups, sessions (credentials(7)).

import { EINVAL, EPERM, ESRCH } from "../abi/errno.ts";
import { newSession, setProcessGroup } from "../proc/job-control.ts";
import type { Kernel } from "../proc/kernel.ts";
import type { Process } from "../proc/process.ts";
import type { Thread } from "../proc/thread.ts";
import { store32 } from "../mm/user-copy.ts";
import { spaceOf } from "../proc/process-fork.ts";
import type { Family } from "./definition.ts";

/** The process `pid`, or the caller's own for 0. */
function processOf(k: Kernel, t: Thread, pid: number): Process | undefined {
  return pid === 0 ? t.process : k.processes.process(pid);
}

/** Real, effective and saved ids are one here: everybody is who he is, and root is who nobody else is. */
function setId(t: Thread, wanted: readonly number[], which: "uid" | "gid"): number {
  const { process } = t;
  const ids = wanted.filter((id) => id !== -1).map((id) => id >>> 0);
  if (process.uid !== 0 && ids.some((id) => id !== process[which])) return -EPERM;
  const [id] = ids;
  if (id === undefined) return 0;
  if (ids.some((other) => other !== id)) return -EINVAL;
  process[which] = id;
  return 0;
}

function writeThree(t: Thread, addresses: readonly number[], id: number): number {
  for (const address of addresses) {
    const error = store32(spaceOf(t.process), address, id);
    if (error < 0) return error;
  }
  return 0;
}

const ONE_ID = "real, effective and saved ids cannot differ (EINVAL)";

export const identityCalls = {
  getpid: { args: {}, run: (_k, t) => t.process.pid },
  gettid: { args: {}, run: (_k, t) => t.tid },
  getppid: { args: {}, run: (_k, t) => t.process.parent?.pid ?? 0 },
  getuid: { args: {}, run: (_k, t) => t.process.uid },
  geteuid: { args: {}, run: (_k, t) => t.process.uid },
  getgid: { args: {}, run: (_k, t) => t.process.gid },
  getegid: { args: {}, run: (_k, t) => t.process.gid },
  setuid: {
    args: { uid: "i32" },
    partial: ONE_ID,
    run: (_k, t, uid) => (uid === -1 ? -EINVAL : setId(t, [uid], "uid")),
  },
  setgid: {
    args: { gid: "i32" },
    partial: ONE_ID,
    run: (_k, t, gid) => (gid === -1 ? -EINVAL : setId(t, [gid], "gid")),
  },
  setreuid: {
    args: { ruid: "i32", euid: "i32" },
    partial: ONE_ID,
    run: (_k, t, real, effective) => setId(t, [real, effective], "uid"),
  },
  setregid: {
    args: { rgid: "i32", egid: "i32" },
    partial: ONE_ID,
    run: (_k, t, real, effective) => setId(t, [real, effective], "gid"),
  },
  setresuid: {
    args: { ruid: "i32", euid: "i32", suid: "i32" },
    partial: ONE_ID,
    run: (_k, t, real, effective, saved) => setId(t, [real, effective, saved], "uid"),
  },
  setresgid: {
    args: { rgid: "i32", egid: "i32", sgid: "i32" },
    partial: ONE_ID,
    run: (_k, t, real, effective, saved) => setId(t, [real, effective, saved], "gid"),
  },
  getresuid: {
    args: { ruid: "address", euid: "address", suid: "address" },
    run: (_k, t, a, b, c) => writeThree(t, [a, b, c], t.process.uid),
  },
  getresgid: {
    args: { rgid: "address", egid: "address", sgid: "address" },
    run: (_k, t, a, b, c) => writeThree(t, [a, b, c], t.process.gid),
  },
  getgroups: {
    args: { size: "i32", list: "address" },
    run: (_k, t, size, list) => {
      const { groups } = t.process;
      if (size < 0 || (size > 0 && size < groups.length)) return -EINVAL;
      return size === 0 ? groups.length : writeThree(t, [list], groups[0] ?? 0) || groups.length;
    },
  },
  setpgid: {
    args: { pid: "pid", pgid: "pid" },
    run: (k, t, pid, pgid) => setProcessGroup(k, t.process, pid, pgid),
  },
  getpgid: { args: { pid: "pid" }, run: (k, t, pid) => processOf(k, t, pid)?.pgid ?? -ESRCH },
  setsid: { args: {}, run: (k, t) => newSession(k, t.process) },
  getsid: { args: { pid: "pid" }, run: (k, t, pid) => processOf(k, t, pid)?.sid ?? -ESRCH },
  set_tid_address: {
    args: { tidptr: "address" },
    run: (_k, t, address) => {
      t.clearTid = address;
      return t.tid;
    },
  },
} satisfies Family;
