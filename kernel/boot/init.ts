// pid 1, built in: a process without a program. Orphans become its children and are reaped at once (process-exit.ts);
// it starts programs for boot, each in a session of its own.

import { EACCES, ENOMEM } from "../abi/errno.ts";
import { FsContext } from "../fs/caller.ts";
import type { File } from "../fs/file.ts";
import type { Kernel } from "../proc/kernel.ts";
import { commitExec, prepareExec } from "../proc/process-exec.ts";
import { newProcess } from "../proc/process-fork.ts";
import type { Process } from "../proc/process.ts";
import { Thread } from "../proc/thread.ts";

/** Makes pid 1. */
export function createInit(k: Kernel): Process {
  const pid = k.processes.allocate();
  const init = newProcess(k, pid, undefined, new FsContext(k.vfs.root, k.vfs.root));
  init.comm = "init";
  init.argv = ["init"];
  return init;
}

export interface SpawnRequest {
  readonly path: string;
  readonly argv: readonly string[];
  readonly envp: readonly string[];
  readonly cwd: string;
  /** Opens descriptors 0, 1, 2 … on behalf of the new process; each file comes with one reference. */
  readonly open: (process: Process) => readonly File[] | number;
  /** Told of the end, with the status as wait4 reports it. */
  readonly onExit: (status: number) => void;
}

/** Starts a program as a child of init and leader of a new session; its process, an errno or MUST_WAIT. */
export function spawn(k: Kernel, request: SpawnRequest): Process | number {
  const pid = k.processes.allocate();
  if (pid < 0) return pid;
  const { init } = k.processes;
  const fs = new FsContext(k.vfs.root, k.vfs.root);
  const process = newProcess(k, pid, init, fs);
  process.pgid = pid;
  process.sid = pid;
  const error = enterDirectory(k, process, request.cwd);
  const started = error < 0 ? error : start(k, process, request);
  if (started < 0) {
    process.files.closeAll();
    init.children.delete(process);
    k.processes.remove(process);
    return started;
  }
  process.onExit = request.onExit;
  return process;
}

function enterDirectory(k: Kernel, process: Process, path: string): number {
  const cwd = k.vfs.lookup(process, undefined, path, true);
  if (typeof cwd === "number") return cwd;
  if (!cwd.inode.isDirectory) return -EACCES;
  process.fs.cwd = cwd;
  return 0;
}

function start(k: Kernel, process: Process, request: SpawnRequest): number {
  const program = prepareExec(k, process, { ...request, base: undefined });
  if (typeof program === "number") return program;
  const files = request.open(process);
  if (typeof files === "number") {
    program.space.release();
    return files;
  }
  for (const file of files) process.files.install(file, false, process.limits.descriptors);
  const thread = new Thread(process.pid, process, k.sched.createTask(process.pid));
  process.threads.push(thread);
  k.processes.addThread(thread);
  commitExec(k, thread, program);
  // Its parent is not a program, so nobody can have moved it before it executed.
  process.executed = false;
  k.sched.ready(thread.task);
  return process.space === undefined ? -ENOMEM : 0;
}
