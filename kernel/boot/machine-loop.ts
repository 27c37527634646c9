// The heart of the machine: picks who runs, lets kernel code that was waiting continue, idles, paces itself by the
// host's clock or jumps from deadline to deadline, and turns to its host often enough that a page stays alive.
//
// Order never depends on the host: what runs next is the scheduler's decision, and yielding changes nothing but when
// input can arrive.

import { weighted } from "../proc/nice.ts";
import { panic } from "../lib/panic.ts";
import type { Kernel } from "../proc/kernel.ts";
import type { Thread } from "../proc/thread.ts";
import type { Task } from "../sched/task.ts";
import { Executor, SLICE } from "./executor.ts";
import type { Host } from "./host.ts";

/** Milliseconds of host time between two turns of the host's event loop: input waits no longer. */
const YIELD_MS = 6;
/** The same while storage has something to do for the machine: an answer that came during a slice is noticed after it. */
const HURRIED_YIELD_MS = 0.25;
/** Instructions in a slice meanwhile. */
const SHORT_SLICE = 60_000;
/** Turns between two looks at the host's clock, when they are short. */
const LOOK_EVERY = 32;
/** While others wait for their turn, which the clock decides. */
const LOOK_EVERY_IN_A_CROWD = 4;
/** Yields come 0, 1 or 2 turns after they are due, in turn: a loop of short programs would else be at the same point of
 * its round whenever keys come, and if that is where the foreground group has just ended, Ctrl-C would never find it. */
const YIELD_PHASES = 3;

/** Virtual nanoseconds that those have whom the owner has woken while the machine waited for the compiler. */
const OWNER_TIME = 1_000_000;

/** Awaited, it lets the microtasks run that are due: one step of an async function that has been resumed. */
const MICROTASK = Promise.resolve();

export interface LoopOptions {
  /** Time passes with the host's clock; otherwise only with instructions, and an idle machine jumps. */
  readonly realTime: boolean;
  /** Test only: drops waits at random, with this generator of 32-bit numbers. */
  readonly chaos?: () => number;
  /** Test only: slices are short and of random length, and between them pages are evicted at random, so that every access
   * of a program or of the kernel meets pages that are not there. */
  readonly squeeze?: () => number;
}

/** Instructions of a slice, and pages evicted after it, at the most, when memory is squeezed. */
const SQUEEZED_SLICE = 16_384;
const SQUEEZED_PAGES = 32;

export class MachineLoop {
  readonly #k: Kernel;
  readonly #host: Host;
  readonly #options: LoopOptions;
  readonly #executor: Executor;
  /** What the host wants done between two slices. */
  readonly #inbox: (() => void)[] = [];
  #wakeUp: (() => void) | undefined;
  #lastYield = 0;
  /** Host milliseconds that stand for machine time 0. */
  #origin = 0;
  #sinceLook = 0;
  /** How many turns late the next yield comes, and how many of them have passed. */
  #phase = 0;
  #postponed = 0;
  #failure: unknown;
  paused = false;
  halted = false;
  /** What stopped it, when it was not asked to. */
  onPanic: ((error: unknown) => void) | undefined;

  constructor(kernel: Kernel, host: Host, options: LoopOptions) {
    this.#k = kernel;
    this.#host = host;
    this.#options = options;
    this.#executor = new Executor(kernel, options.realTime);
    this.#executor.onFailure = (error) => this.fail(error);
  }

  /** Has `action` done by the loop, between two slices, in the order of posting. */
  post(action: () => void): void {
    this.#inbox.push(action);
    this.#wakeUp?.();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.#wakeUp?.();
  }

  /** Kernel code that continued after a wait has thrown: the loop stops with it. */
  fail(error: unknown): void {
    this.#failure ??= error;
  }

  halt(): void {
    this.halted = true;
    this.#wakeUp?.();
  }

  /** Runs until `halt` or a panic. */
  async run(): Promise<void> {
    const host = this.#host;
    this.#origin = host.now();
    this.#lastYield = this.#origin;
    this.#k.completions.onArrival = () => {
      // In virtual time nobody waits for it but `deliver`.
      if (this.#options.realTime) this.#wakeUp?.();
    };
    if (this.#options.realTime) this.#k.clock.host = () => (host.now() - this.#origin) * 1e6;
    try {
      while (!this.halted) {
        this.#drainInbox();
        if (this.paused) {
          await this.#sleepPaused();
          continue;
        }
        for (;;) {
          const late = this.#k.completions.deliver(this.#k.clock.now());
          if (late === undefined || this.halted) break;
          await this.#unlessWoken(late);
        }
        if (this.halted) break;
        const wait = this.#turn();
        if (wait !== undefined) await wait;
        // Storage answers by a message, which arrives only when the host's event loop turns.
        const hurry = this.#options.realTime && this.#k.completions.pending > 0;
        if (this.#options.squeeze === undefined) this.#executor.slice = hurry ? SHORT_SLICE : SLICE;
        const looksEvery = this.#k.sched.readyCount > 0 ? LOOK_EVERY_IN_A_CROWD : LOOK_EVERY;
        if (++this.#sinceLook >= (hurry ? 1 : looksEvery) || this.#executor.spent >= SLICE)
          await this.#look(hurry ? HURRIED_YIELD_MS : YIELD_MS);
      }
    } catch (error) {
      this.halted = true;
      this.onPanic?.(error);
    }
    this.#k.events.flush();
  }

  /** Waits for the host's storage or compiler; the machine's owner is heard meanwhile, for they may never answer. */
  async #unlessWoken(late: Promise<void>): Promise<void> {
    this.#k.events.flush();
    const woken = new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
    });
    await Promise.race([late, woken]);
    this.#wakeUp = undefined;
    const { sched, completions, clock } = this.#k;
    const ready = sched.readyCount;
    this.#drainInbox();
    // Ctrl-C, it may be: whoever waits for the compiler shall be able to hear of it.
    if (sched.readyCount > ready) completions.postpone(clock.now() + OWNER_TIME);
  }

  /** One scheduling decision. Synchronous unless a waiting call continues or the machine idles. */
  #turn(): Promise<void> | undefined {
    const { sched, clock, processes } = this.#k;
    sched.expire(clock.now());
    const { chaos, squeeze } = this.#options;
    if (chaos !== undefined) this.#dropSomething(chaos);
    if (squeeze !== undefined) {
      if ((squeeze() & 7) === 0) this.#k.mm.reclaim.squeeze(squeeze() % SQUEEZED_PAGES);
      this.#executor.slice = 1 + (squeeze() % SQUEEZED_SLICE);
    }
    sched.yieldSoon = false;
    const task = sched.next();
    if (task === undefined) return this.#idle();
    const thread = processes.thread(task.tid);
    if (thread === undefined) return this.#runKernelTask(task);
    this.#executor.switchTo(thread);
    return thread.call >= 0 ? this.#resumeThread(thread) : this.#execute(thread);
  }

  /** Runs the program of `t` for a slice, or until it waits or ends. */
  #execute(t: Thread): Promise<void> | undefined {
    const { clock, sched } = this.#k;
    const before = t.userTime + t.systemTime;
    if (this.#executor.run(t)) {
      t.involuntarySwitches++;
      // The host's clock first: otherwise the slice's end would be past as soon as the loop looks at that.
      clock.read();
      sched.ready(t.task, weighted(t.userTime + t.systemTime - before, t.process.nice));
      return undefined;
    }
    if (t.task.state === "sleeping") {
      t.voluntarySwitches++;
      return undefined;
    }
    // A call that answered with a promise without sleeping comes to its end by itself.
    return t.task.state === "running" && t.call >= 0 ? this.#settleLater(t) : undefined;
  }

  async #settleLater(t: Thread): Promise<void> {
    for (let hops = 0; this.#settles(t, hops); hops++) await MICROTASK;
    // The thread goes on when its turn comes, with its result.
    if (t.task.state === "running") this.#k.sched.ready(t.task);
  }

  /** Continues the call that `t` waits in, and then its program. One async function, because every one that a wake
   * passes through costs a promise and a microtask more. */
  async #resumeThread(t: Thread): Promise<void> {
    let over = this.#continueCall(t);
    if (!over && t.call >= 0) {
      for (let hops = 0; this.#settles(t, hops); hops++) await MICROTASK;
      over = t.finished && t.task.state === "running" && this.#executor.finishCall(t, t.result);
    }
    if (!over) return;
    const wait = this.#execute(t);
    if (wait !== undefined) await wait;
  }

  /** Lets the system call that `t` is in continue. True when it is over already and the program can go on. */
  #continueCall(t: Thread): boolean {
    this.#k.mm.stall = null;
    if (t.reissue) {
      t.reissue = false;
      return this.#executor.startCall(t);
    }
    if (t.task.resume !== undefined) {
      this.#k.sched.resume(t.task);
    } else if (!t.finished) {
      // The wait was dropped for good (SIGKILL): whatever is pending decides.
      t.call = -1;
      return true;
    }
    return false;
  }

  /** Whether the call of `t` needs another microtask before it is over or sleeps again. */
  #settles(t: Thread, hops: number): boolean {
    this.#rethrow();
    if (t.finished || t.task.state !== "running") return false;
    if (hops <= 1000) return true;
    return panic(
      `system call ${t.call} of thread ${t.tid} waits for something that is not a wait queue`,
    );
  }

  /** Tasks without a thread are the kernel's own: they have nothing but an async function that sleeps. */
  async #runKernelTask(task: Task): Promise<void> {
    this.#k.sched.resume(task);
    for (let hops = 0; task.state === "running"; hops++) {
      if (hops > 1000)
        panic(`kernel task ${task.tid} waits for something that is not a wait queue`);
      await MICROTASK;
      this.#rethrow();
    }
  }

  #rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Nobody can run: time passes until the next deadline, or until the host has something. */
  async #idle(): Promise<void> {
    const { sched, clock } = this.#k;
    const due = Math.min(sched.nextDeadline(), this.#k.completions.nextDue);
    if (this.#options.realTime) clock.read();
    else if (due !== Infinity) {
      clock.idleUntil(due);
      return;
    }
    const wait = (due - clock.now()) / 1e6;
    if (wait > 0) await this.#sleepOnHost(wait);
    if (!this.#options.realTime) return;
    const before = clock.now();
    clock.idle += clock.read() - before;
  }

  async #sleepOnHost(milliseconds: number): Promise<void> {
    if (this.#inbox.length > 0 || this.halted) return;
    // An answer of storage waits; while the machine is paused, for its end.
    if (!this.paused && this.#k.completions.nextDue === 0) return;
    this.#k.events.flush();
    let cancel: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
      if (milliseconds !== Infinity) cancel = this.#host.setTimer(milliseconds, resolve);
    });
    this.#wakeUp = undefined;
    cancel?.();
    this.#lastYield = this.#host.now();
  }

  async #sleepPaused(): Promise<void> {
    const began = this.#host.now();
    await this.#sleepOnHost(Infinity);
    // A pause takes no machine time.
    this.#origin += this.#host.now() - began;
  }

  /** Looks at the host's clock: follows it in real time, and yields when it is time to. */
  async #look(yieldAfter: number): Promise<void> {
    this.#sinceLook = 0;
    this.#executor.spent = 0;
    const now = this.#host.now();
    this.#k.clock.read();
    if (now - this.#lastYield < yieldAfter) return;
    if (yieldAfter === YIELD_MS && this.#postponed < this.#phase) {
      this.#postponed++;
      this.#sinceLook = LOOK_EVERY - 1;
      return;
    }
    this.#postponed = 0;
    this.#phase = (this.#phase + 1) % YIELD_PHASES;
    this.#k.events.flush();
    await this.#host.yieldToHost();
    this.#lastYield = this.#host.now();
  }

  #drainInbox(): void {
    if (this.#inbox.length === 0) return;
    for (const action of this.#inbox.splice(0)) action();
  }

  /** Chaos: one in four turns some sleeping thread loses its wait and issues its call again. */
  #dropSomething(random: () => number): void {
    if ((random() & 3) !== 0) return;
    const sleepers: Thread[] = [];
    for (const process of this.#k.processes.all()) {
      for (const thread of process.threads)
        if (thread.task.state === "sleeping") sleepers.push(thread);
    }
    const victim = sleepers[random() % Math.max(1, sleepers.length)];
    if (victim === undefined) return;
    victim.entry++;
    victim.finished = false;
    if (victim.call >= 0) victim.reissue = true;
    // It comes first, as after restoring a saved machine: a wake-up in between would find nobody.
    this.#k.sched.drop(victim.task, 0);
  }
}
