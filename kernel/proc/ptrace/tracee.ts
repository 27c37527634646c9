// A thread that is traced, and the stops it makes (ptrace(2), "Stopped states"). A stop is plain data here and the task's
// state "stopped": whatever comes next is written down in the thread (`recall`, `interrupted`, `passed`, `summoned`), so
// going on is nothing but making the task ready.

import { sendSignal } from "../signal-send.ts";
import type { Kernel } from "../kernel.ts";
import { CLONE_VFORK, CSIGNAL } from "../../abi/process.ts";
import {
  PTRACE_EVENT_CLONE,
  PTRACE_EVENT_EXEC,
  PTRACE_EVENT_EXIT,
  PTRACE_EVENT_FORK,
  PTRACE_EVENT_STOP,
  PTRACE_EVENT_VFORK,
  PTRACE_EVENT_VFORK_DONE,
  PTRACE_O_TRACESYSGOOD,
} from "../../abi/ptrace.ts";
import { CLD_TRAPPED, SA_NOCLDSTOP, SIGCHLD, SIGSTOP, SIGTRAP, SIG_IGN } from "../../abi/signal.ts";
import type { SignalInfo } from "../pending-signals.ts";
import type { Process } from "../process.ts";
import type { Thread } from "../thread.ts";
import type { Tracee } from "../tracing.ts";
import { TraceeSet } from "./tracees.ts";

/** What a tracee stands still for. */
export type StopKind = "entry" | "exit" | "signal" | "group" | "event";

export interface Stop {
  readonly kind: StopKind;
  /** What wait4 shifts left by 8: a signal, with an event above it. */
  readonly code: number;
  /** For PTRACE_GETSIGINFO; undefined where Linux has none (a group stop of an attached tracee). */
  info: SignalInfo | undefined;
  /** A result of the call that has just ended; 0 elsewhere. */
  readonly result: number;
}

/** An option's bit is 1 << its event. */
function optionOf(event: number): number {
  return 1 << event;
}

export class TracedThread implements Tracee {
  readonly #k: Kernel;
  readonly thread: Thread;
  readonly tracer: Process;
  /** By PTRACE_SEIZE, or inherited from one who was. */
  readonly seized: boolean;
  options = 0;
  stop: Stop | undefined;
  /** The tracer has waited for this stop. */
  collected = false;
  /** After PTRACE_LISTEN: it stands still, but nobody can see it. */
  listening = false;
  /** For PTRACE_GETEVENTMSG. */
  message = 0;
  /** Stops at calls: it was last let go on by PTRACE_SYSCALL. */
  tracesCalls = false;
  passed: SignalInfo | undefined;
  /** wait4's status of a thread that has ended, or of a zombie that its parent must not see yet. */
  ended: number | undefined;
  /** The call at hand has been shown. */
  #entered = false;
  /** A call that is over has to be shown, with its result. */
  #left: number | undefined;
  /** A stop of the process to join, PTRACE_INTERRUPT, or SIGCONT. */
  #trap = false;
  #exiting = false;
  #vforked = 0;

  constructor(k: Kernel, thread: Thread, tracer: Process, seized: boolean) {
    this.#k = k;
    this.thread = thread;
    this.tracer = tracer;
    this.seized = seized;
  }

  get isLeader(): boolean {
    return this.thread.tid === this.thread.process.pid;
  }

  get isStopped(): boolean {
    return this.stop !== undefined && this.thread.task.state === "stopped";
  }

  takePassed(): void {
    this.passed = undefined;
    this.thread.summoned = this.#trap || this.#left !== undefined;
  }

  entersCall(): boolean {
    if (this.#entered) return false;
    this.#entered = true;
    if (!this.tracesCalls) return false;
    this.thread.recall = true;
    this.#stopAtCall("entry", 0);
    return true;
  }

  leavesCall(result: number): void {
    this.#entered = false;
    if (!this.tracesCalls || this.thread.task.state === "dead") return;
    this.#left = result;
    this.thread.summoned = true;
  }

  stops(): boolean {
    const left = this.#left;
    this.#left = undefined;
    if (left !== undefined && this.tracesCalls) {
      this.thread.summoned = this.#trap;
      this.#stopAtCall("exit", left);
      return true;
    }
    const { stopped, stopSignal } = this.thread.process;
    const trap = this.#trap;
    this.#trap = false;
    this.thread.summoned = this.passed !== undefined;
    if (!trap || (!this.seized && !stopped)) return false;
    this.#stopInGroup(stopped ? stopSignal : SIGTRAP);
    return true;
  }

  stopsForSignal(info: SignalInfo): void {
    this.#stand({ kind: "signal", code: info.signo, info, result: 0 });
  }

  joinsStop(): void {
    this.#trap = true;
    this.thread.summoned = true;
  }

  /** PTRACE_INTERRUPT, and what SIGCONT means to one who was seized. */
  interrupt(): void {
    this.joinsStop();
    const { task, stalled } = this.thread;
    if (this.listening) this.resume();
    else if (!stalled) this.#k.sched.interrupt(task);
  }

  continues(): void {
    if (this.seized) this.interrupt();
  }

  forks(child: Thread, flags: number): void {
    const event =
      (flags & CLONE_VFORK) !== 0
        ? PTRACE_EVENT_VFORK
        : (flags & CSIGNAL) === SIGCHLD
          ? PTRACE_EVENT_FORK
          : PTRACE_EVENT_CLONE;
    if ((this.options & optionOf(event)) === 0) return;
    const kid = startTracing(this.#k, child, this.tracer, this.seized);
    kid.options = this.options;
    if (this.seized) kid.joinsStop();
    else child.pending.add({ signo: SIGSTOP, code: 0 });
    this.#stopForEvent(event, child.tid);
  }

  endsVfork(child: number): void {
    if ((this.options & optionOf(PTRACE_EVENT_VFORK_DONE)) === 0 || this.#vforked === child) return;
    this.#vforked = child;
    this.#stopForEvent(PTRACE_EVENT_VFORK_DONE, child);
  }

  executes(): void {
    const { thread } = this;
    if ((this.options & optionOf(PTRACE_EVENT_EXEC)) !== 0)
      this.#stopForEvent(PTRACE_EVENT_EXEC, thread.tid);
    else if (!this.seized) thread.pending.add(this.#ownSignal(0));
  }

  exits(status: number, info?: SignalInfo): boolean {
    if ((this.options & optionOf(PTRACE_EVENT_EXIT)) === 0 || this.#exiting) return false;
    this.#exiting = true;
    this.passed = info;
    this.thread.summoned = info !== undefined;
    this.#stopForEvent(PTRACE_EVENT_EXIT, status);
    return true;
  }

  ends(status: number): void {
    this.stop = undefined;
    // The first thread of a process is there until all have ended.
    if (!this.isLeader) this.#tellEnd(status);
  }

  hidesEnd(status: number): boolean {
    if (this.tracer === this.thread.process.parent) {
      this.release();
      return false;
    }
    this.#tellEnd(status);
    return true;
  }

  #tellEnd(status: number): void {
    this.ended = status;
    const { pid, uid } = this.thread.process;
    const k = this.#k;
    k.sched.wake(this.tracer.childWait);
    sendSignal(k, this.tracer, { signo: SIGCHLD, code: 1, pid, uid, status: status >> 8 });
  }

  /** Nobody traces it any more. It goes on, with `info` if the tracer let a signal through. */
  release(info?: SignalInfo): void {
    const { thread, tracer } = this;
    if (tracer.tracees instanceof TraceeSet) tracer.tracees.members.delete(this);
    thread.tracee = undefined;
    thread.summoned = false;
    if (this.isLeader) thread.process.tracee = undefined;
    const unseen = info ?? this.passed;
    if (unseen !== undefined) thread.pending.add(unseen);
    if (this.isStopped) this.resume();
  }

  /** Goes on from a stop. */
  resume(): void {
    this.stop = undefined;
    this.listening = false;
    const { task } = this.thread;
    if (task.state === "stopped") this.#k.sched.ready(task);
  }

  /** It was stopped with its process when the tracer came: from now on that is a stop for the tracer. */
  adoptStop(): void {
    const { process, task } = this.thread;
    if (process.stopped && task.state === "stopped") this.#stopInGroup(process.stopSignal);
  }

  #stopAtCall(kind: "entry" | "exit", result: number): void {
    const good = (this.options & PTRACE_O_TRACESYSGOOD) !== 0 ? 0x80 : 0;
    const code = SIGTRAP | good;
    this.#stand({ kind, code, info: this.#ownSignal(code), result });
  }

  #stopInGroup(signo: number): void {
    const code = this.seized ? signo | (PTRACE_EVENT_STOP << 8) : signo;
    const info = this.seized ? { ...this.#ownSignal(code), signo } : undefined;
    this.#stand({ kind: "group", code, info, result: 0 });
  }

  #stopForEvent(event: number, message: number): void {
    const code = SIGTRAP | (event << 8);
    this.message = message;
    this.#stand({ kind: "event", code, info: this.#ownSignal(code), result: 0 });
  }

  #ownSignal(code: number): SignalInfo {
    const { tid, process } = this.thread;
    return { signo: SIGTRAP, code, pid: tid, uid: process.uid };
  }

  #stand(stop: Stop): void {
    const k = this.#k;
    const { tracer, thread } = this;
    this.stop = stop;
    this.collected = false;
    k.sched.stop(thread.task);
    k.sched.wake(tracer.childWait);
    const { handler, flags } = tracer.actions;
    if (handler[SIGCHLD] === SIG_IGN || ((flags[SIGCHLD] ?? 0) & SA_NOCLDSTOP) !== 0) return;
    const { uid } = thread.process;
    const status = stop.code & 0x7f;
    sendSignal(k, tracer, {
      signo: SIGCHLD,
      code: CLD_TRAPPED,
      pid: thread.tid,
      uid,
      status,
    });
  }
}

/** Enters the hold into the thread, its process and its tracer. */
export function startTracing(
  k: Kernel,
  thread: Thread,
  tracer: Process,
  seized: boolean,
): TracedThread {
  const tracee = new TracedThread(k, thread, tracer, seized);
  thread.tracee = tracee;
  if (tracee.isLeader) thread.process.tracee = tracee;
  tracer.tracees ??= new TraceeSet(k);
  if (tracer.tracees instanceof TraceeSet) tracer.tracees.members.add(tracee);
  return tracee;
}
