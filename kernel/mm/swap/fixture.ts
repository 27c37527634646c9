// A machine with swap for the tests of memory: the tests' CPU (fixture.ts), the tests' store, the real scheduler and
// completions, and a clock that moves only when something waits for it. In virtual time the machine is as repeatable as
// the real one; in real time an end is noticed when it has arrived, so that the test's `store.delay` decides the order.

import {
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_NORESERVE,
  MAP_PRIVATE,
  PROT_READ,
  PROT_WRITE,
} from "../../abi/mman.ts";
import { Completions } from "../../sched/completions.ts";
import { Scheduler } from "../../sched/scheduler.ts";
import type { Task } from "../../sched/task.ts";
import { panic } from "../../lib/panic.ts";
import { checkAccounting } from "../accounting.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_WAIT } from "../fault-result.ts";
import { anonymous, must, testMachine, type GuestResult, type TestMachine } from "../fixture.ts";
import { MUST_WAIT } from "../stall.ts";
import { createTestSwapStore, type TestSwapStore } from "./test-store.ts";
import { copyIn, copyOut } from "../user-copy.ts";

export interface SwapMachineOptions {
  readonly frames?: number;
  readonly slots?: number;
  readonly realTime?: boolean;
}

export interface SwapMachine extends TestMachine {
  readonly store: TestSwapStore;
  readonly completions: Completions;
  readonly scheduler: Scheduler;
  /** Virtual nanoseconds. */
  readonly clock: { now: number };
  /** As `read` and `write`, but they wait as a thread does: for the page, and for frames. */
  load(space: AddressSpace, va: number): Promise<GuestResult>;
  save(space: AddressSpace, va: number, value: number): Promise<GuestResult>;
  /** An operation of the kernel, which is begun again whenever it says MUST_WAIT. */
  call<Result>(operation: () => Result | number): Promise<Result | number>;
  /** The kernel's copies of whole ranges; they must not meet a bad address. */
  bytes(space: AddressSpace, va: number, length: number): Promise<Uint8Array>;
  fill(space: AddressSpace, va: number, bytes: Uint8Array): Promise<void>;
  fork(space: AddressSpace, pid: number): Promise<AddressSpace>;
  /** Something waits for what `mm.stall` says: its task is runnable again when that has come. */
  wait(): Task;
  /** The next thing that storage or a timer brings happens. False: there is none. */
  step(): Promise<boolean>;
  /** All that storage has been asked for is answered. */
  settle(): Promise<void>;
  /** Time passes, with all that happens meanwhile; in real time storage may or may not answer in it. */
  pass(nanoseconds: number): Promise<void>;
  /** Evicts pages although there is no need, and lets them be stored. */
  evict(pages: number): Promise<void>;
  /** The background reclaimer runs from now on, when it is woken: at each step, after each access and here. */
  startBackground(): void;
  runBackground(): Promise<void>;
  /** The accounting adds up and nobody has broken the store's interface. */
  check(): void;
}

/** Microtasks that anything may take which waits for nothing but them. */
const HOPS = 1000;

/** Lets the microtasks run until the task sleeps. */
async function asleep(task: Task): Promise<void> {
  for (let hops = 0; hops < HOPS; hops++) {
    await Promise.resolve();
    if (task.state !== "running") return;
  }
  panic("a task waits for something that is no wait queue", task.tid);
}

/** Nothing that waits may have to be tried so often. */
const TRIES_MAX = 10_000;

export function swapMachine(options: SwapMachineOptions = {}): SwapMachine {
  const { frames = 128, slots = 512, realTime = false } = options;
  const clock = { now: 0 };
  const now = (): number => clock.now;
  const scheduler = new Scheduler(now);
  const completions = new Completions(!realTime);
  const store = createTestSwapStore();
  const machine = testMachine(frames, { slots, store, completions, scheduler, now });
  const { mm } = machine;
  let tasks = 0;
  const background: { task: Task | undefined; failure: unknown } = {
    task: undefined,
    failure: undefined,
  };

  const runningTask = (): Task => {
    const task = scheduler.createTask(++tasks);
    task.state = "running";
    return task;
  };

  /** The background reclaimer goes on if it has been woken. */
  const runBackground = async (): Promise<void> => {
    const { task } = background;
    if (task === undefined) return;
    const isWoken = (): boolean => task.state === "runnable";
    while (isWoken()) {
      scheduler.stop(task);
      task.state = "running";
      scheduler.resume(task);
      await asleep(task);
    }
    if (background.failure !== undefined) throw background.failure;
  };

  const deliver = async (): Promise<void> => {
    for (;;) {
      const late = completions.deliver(clock.now);
      if (late === undefined) return;
      await late;
    }
  };

  /** When the next end or timer comes, as far as it is known. */
  const nextDue = (): number => Math.min(completions.nextDue, scheduler.nextDeadline());

  /** The clock goes on to `due`, and what is due then happens. */
  const advance = async (due: number): Promise<void> => {
    clock.now = Math.max(clock.now, due);
    scheduler.expire(clock.now);
    await deliver();
    await runBackground();
  };

  const step = async (): Promise<boolean> => {
    await runBackground();
    if (realTime && completions.pending > 0 && completions.nextDue === Infinity) {
      await new Promise<void>((resolve) => {
        completions.onArrival = resolve;
      });
    }
    const due = nextDue();
    if (due !== Infinity) await advance(due);
    return due !== Infinity;
  };

  const wait = (): Task => {
    const { stall } = mm;
    if (stall === null) panic("nothing says what to wait for");
    mm.stall = null;
    const task = runningTask();
    scheduler.block(task, stall.queue, stall.key);
    return task;
  };

  /** Tries until the result does not say that it must wait. */
  const patiently = async <Result>(
    attempt: () => Result,
    mustWait: (result: Result) => boolean,
  ): Promise<Result> => {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      mm.stall = null;
      const result = attempt();
      if (!mustWait(result)) {
        await runBackground();
        return result;
      }
      const task = wait();
      while (task.state === "sleeping") {
        if (!(await step())) panic("a wait that nothing will end");
      }
      scheduler.exit(task);
    }
    return panic("a wait that begins again for ever");
  };

  const guestWaits = (result: GuestResult): boolean => result === -FAULT_WAIT;
  const copied = async (copy: () => number, length: number): Promise<void> => {
    const done = await patiently(copy, (moved) => moved < length && mm.stall !== null);
    if (done !== length) panic("a copy met a bad address", done);
  };
  const settle = async (): Promise<void> => {
    while (completions.pending > 0) await step();
  };

  return {
    ...machine,
    store,
    completions,
    scheduler,
    clock,
    step,
    wait,
    settle,
    runBackground,
    load: (space, va) => patiently(() => machine.read(space, va), guestWaits),
    save: (space, va, value) => patiently(() => machine.write(space, va, value), guestWaits),
    call: (operation) => patiently(operation, (result) => result === MUST_WAIT),
    async bytes(space, va, length) {
      const into = new Uint8Array(length);
      await copied(() => copyIn(space, va, into, 0, length), length);
      return into;
    },
    async fill(space, va, bytes) {
      const { length } = bytes;
      await copied(() => copyOut(space, va, bytes, 0, length), length);
    },
    async fork(space, pid) {
      return must(
        await patiently(
          () => space.fork(pid),
          (result) => result === MUST_WAIT,
        ),
      );
    },
    async pass(nanoseconds) {
      const end = clock.now + nanoseconds;
      for (let due = nextDue(); due <= end; due = nextDue()) await advance(due);
      // What nobody waits for (removals) ends too.
      for (let hops = 0; hops < HOPS; hops++) await Promise.resolve();
      clock.now = end;
    },
    async evict(pages) {
      mm.reclaim.squeeze(pages);
      await settle();
    },
    startBackground() {
      const task = runningTask();
      background.task = task;
      const sleep: Parameters<typeof mm.reclaim.runInBackground>[1] = (sleeper, queues) =>
        scheduler.sleep(sleeper, queues);
      mm.reclaim.runInBackground(task, sleep).catch((error: unknown) => {
        background.failure = error;
        // It sleeps no more.
        scheduler.exit(task);
      });
    },
    check() {
      checkAccounting(mm);
      if (store.violations.length > 0) panic(store.violations.join("; "));
    },
  };
}

/** Where `withPages` puts its pages. */
export const BASE = 0x10000000;

export function address(page: number): number {
  return BASE + page * 4096;
}

/** A space whose `pages` pages begin with their number and one. */
export async function withPages(m: SwapMachine, pages: number): Promise<AddressSpace> {
  const space = m.space();
  anonymous(space, BASE, pages);
  for (let page = 0; page < pages; page++) await m.save(space, address(page), page + 1);
  return space;
}

/** The same, all swapped out, a cluster after the other. */
export async function swappedOut(m: SwapMachine, pages: number): Promise<AddressSpace> {
  const space = await withPages(m, pages);
  while (space.rssAnon > 0) await m.evict(space.rssAnon);
  if (space.swapped !== pages) panic("not all pages are swapped out", space.swapped);
  return space;
}

/** A space whose one page, which begins with 1, is on its way to the store and was taken back meanwhile. */
export async function takenBack(m: SwapMachine): Promise<AddressSpace> {
  const space = await withPages(m, 1);
  m.mm.reclaim.squeeze(1);
  m.read(space, BASE);
  return space;
}

/** An area of so many hundred gigabytes that nobody can look at each of its pages; the last page begins with 2. */
export async function vastArea(m: SwapMachine): Promise<{ space: AddressSpace; length: number }> {
  const space = m.space();
  const length = 2 ** 37;
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
  const prot = PROT_READ | PROT_WRITE;
  if (space.map({ addr: BASE, length, prot, flags }) !== BASE) panic("no room for a vast area");
  await m.save(space, BASE + length - 4096, 2);
  return { space, length };
}
