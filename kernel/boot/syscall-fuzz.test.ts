// Random and bad arguments to every system call: the answer is always one that Linux could give, memory always adds up,
// and JavaScript never throws. Five seconds normally, 60 in CI; VITRINE_FUZZ_SECONDS says otherwise. A failure prints the
// seed and the call; VITRINE_FUZZ_SEED repeats it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { O_CREAT, O_WRONLY } from "../abi/fcntl.ts";
import { USER_END } from "../abi/sv39.ts";
import { HART_PC } from "../cpu/types.ts";
import type { File } from "../fs/file.ts";
import { BufferSource } from "../lib/io.ts";
import { checkAccounting } from "../mm/accounting.ts";
import { copyOut } from "../mm/user-copy.ts";
import { exitGroup, exitThread } from "../proc/process-exit.ts";
import { spaceOf } from "../proc/process-fork.ts";
import { REG_A0, REG_A7, REG_SP } from "../abi/registers.ts";
import { setRegister } from "../proc/registers.ts";
import { isRestart, NO_RESULT } from "../proc/restart.ts";
import type { Process } from "../proc/process.ts";
import type { Thread } from "../proc/thread.ts";
import { syscallTable, type TableEntry } from "../syscalls/table.ts";
import { Executor } from "./executor.ts";
import { spawn } from "./init.ts";
import type { Machine } from "./machine.ts";
import { createRandom } from "./random.ts";
import {
  createTestMachine,
  DATA_ADDRESS,
  ECALL,
  elfOf,
  JUMP_TO_SELF,
  TEXT_ADDRESS,
} from "./node/test-machine.ts";

const seconds = Number(
  process.env["VITRINE_FUZZ_SECONDS"] ?? (process.env["CI"] === undefined ? 5 : 60),
);
const seed = Number(process.env["VITRINE_FUZZ_SEED"] ?? 20260101);
const DATA_BYTES = 16384;

const texts = [
  "/tmp/file",
  "/tmp",
  "/proc/self/maps",
  "",
  "/no/such",
  "a".repeat(300),
  "/dev/null",
  "/tmp/link",
  "..",
  "/dev/pts/0",
  "/bin/sh",
];

function newMachine(): [Machine, Executor] {
  const machine = createTestMachine({ ramBytes: 4 << 20 });
  const { vfs, processes } = machine.kernel;
  const program = vfs.open(processes.init, undefined, "/tmp/fuzz", O_WRONLY | O_CREAT, 0o755);
  assert.ok(typeof program !== "number");
  const bytes = elfOf([ECALL, JUMP_TO_SELF], DATA_BYTES);
  assert.equal(program.writeNext(processes.init, new BufferSource(bytes)), bytes.length);
  program.release();
  return [machine, new Executor(machine.kernel, false)];
}

class Fuzzer {
  readonly #random: () => number;
  machine: Machine;
  #executor: Executor;
  #thread: Thread | undefined;
  /** Where each of `texts` lies in the program. */
  readonly #textAt: number[] = [];
  calls = 0;
  last = "";

  constructor(fuzzSeed: number) {
    this.#random = createRandom(fuzzSeed);
    [this.machine, this.#executor] = newMachine();
  }

  #below(limit: number): number {
    return this.#random() % limit;
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#below(items.length)];
    assert.ok(item !== undefined);
    return item;
  }

  #spawn(): Process | number {
    const k = this.machine.kernel;
    return spawn(k, {
      path: "/tmp/fuzz",
      argv: ["fuzz"],
      envp: [],
      cwd: "/tmp",
      open(owner) {
        const files: File[] = [];
        for (const path of ["/tmp/file", "/dev/null", "/tmp", "/dev/zero", "/proc/meminfo"]) {
          const file = k.vfs.open(owner, undefined, path, path === "/tmp/file" ? 0o102 : 0, 0o666);
          if (typeof file === "number") {
            for (const opened of files) opened.release();
            return file;
          }
          files.push(file);
        }
        return files;
      },
      onExit: () => {},
    });
  }

  /** A process with a few open files and texts in its memory. */
  #revive(): Thread {
    let k = this.machine.kernel;
    if (this.#thread !== undefined && this.#thread.task.state !== "dead") return this.#thread;
    let process = this.#spawn();
    if (typeof process === "number") {
      // The program is root's: it may have removed what the next one needs (/dev/null, its own file).
      checkAccounting(k.mm);
      [this.machine, this.#executor] = newMachine();
      process = this.#spawn();
      k = this.machine.kernel;
    }
    assert.ok(typeof process !== "number", "the program starts");
    const pipe = k.createPipe(0);
    assert.ok(typeof pipe !== "number");
    process.files.install(pipe.read, false, 100);
    process.files.install(pipe.write, false, 100);
    const [thread] = process.threads;
    assert.ok(thread !== undefined);
    this.#thread = thread;
    this.#textAt.length = 0;
    let at = DATA_ADDRESS + 64;
    for (const text of texts) {
      const bytes = Buffer.from(`${text}\0`, "latin1");
      assert.equal(copyOut(spaceOf(process), at, bytes, 0, bytes.length), bytes.length);
      this.#textAt.push(at);
      at += bytes.length;
    }
    return thread;
  }

  /** A register's value as words: plausible for the argument's type, or nonsense. */
  #value(type: string): readonly [lo: number, hi: number] {
    if (this.#below(8) === 0) return [this.#random() | 0, this.#random() | 0];
    switch (type) {
      case "fd":
        return this.#signed(this.#pick([0, 1, 2, 3, 4, 5, 6, 7, -1, -100, 1023, 1 << 30]));
      case "path":
      case "address":
        return this.#address();
      case "size":
      case "offset":
        return this.#signed(
          this.#pick([
            0,
            1,
            7,
            8,
            24,
            128,
            4095,
            4096,
            8192,
            65536,
            2 ** 31,
            2 ** 32,
            2 ** 38,
            2 ** 52,
            -1,
            -4096,
          ]),
        );
      case "pid":
        return this.#signed(this.#pick([0, 1, -1, this.#thread?.tid ?? 2, 99999, -(2 ** 31)]));
      case "signal":
        return this.#signed(this.#pick([0, 1, 2, 9, 11, 17, 18, 19, 20, 33, 64, 65, -1]));
      default:
        return this.#signed(
          this.#pick([
            0,
            1,
            2,
            3,
            4,
            8,
            0x10,
            0x11,
            0x22,
            0x100,
            0x4111,
            0o2000000,
            1 << this.#below(31),
            -1,
          ]),
        );
    }
  }

  #signed(value: number): readonly [number, number] {
    return [value | 0, Math.floor(value / 2 ** 32) | 0];
  }

  #address(): readonly [number, number] {
    const places = [
      0,
      1,
      DATA_ADDRESS,
      DATA_ADDRESS + 4095,
      DATA_ADDRESS + DATA_BYTES - 8,
      DATA_ADDRESS + 8 * this.#below(100),
      TEXT_ADDRESS,
      USER_END - 4096,
      USER_END - 1,
      USER_END,
      2 ** 47,
      -1,
      -4096,
      ...this.#textAt,
    ];
    return this.#signed(this.#pick(places));
  }

  /** Issues one call and brings it to its end, interrupting it when it waits. */
  async issue(entry: TableEntry): Promise<void> {
    const t = this.#revive();
    const k = this.machine.kernel;
    this.#takeHart(t);
    const words = k.cpu.hart;
    setRegister(words, HART_PC, TEXT_ADDRESS);
    setRegister(words, REG_SP, DATA_ADDRESS + DATA_BYTES);
    setRegister(words, REG_A7, entry.number);
    const values = Array.from({ length: 6 }, (_, index) =>
      this.#value(entry.args[index]?.[1] ?? "address"),
    );
    values.forEach(([lo, hi], index) => {
      words[REG_A0 + 2 * index] = lo;
      words[REG_A0 + 2 * index + 1] = hi;
    });
    this.last = `${entry.name}(${values.map(([lo, hi]) => `0x${(hi >>> 0).toString(16) + (lo >>> 0).toString(16).padStart(8, "0")}`).join(", ")})`;
    this.calls++;
    let failure: unknown;
    this.#executor.onFailure = (error) => {
      failure = error;
    };
    this.#executor.startCall(t);
    for (let turns = 0; t.call >= 0 && t.task.state !== "dead"; turns++) {
      assert.ok(turns < 20, `${this.last} does not end`);
      for (let hops = 0; !t.finished && t.task.state === "running" && hops < 50; hops++)
        await Promise.resolve();
      if (failure !== undefined) throw failure;
      if (t.finished) {
        this.#executor.finishCall(t, t.result);
        break;
      }
      assert.equal(t.task.state, "sleeping", `${this.last} neither ended nor sleeps`);
      // What is fetched with the first call of a kind comes; everything else is interrupted.
      await k.completions.deliver(k.clock.now());
      void k.completions.deliver(k.clock.now());
      k.sched.interrupt(t.task);
      this.#takeHart(t);
      k.sched.resume(t.task);
    }
    this.#checkResult(t);
    this.#endOthers(t);
  }

  #checkResult(t: Thread): void {
    if (t.task.state !== "running" || this.machine.kernel.current !== t) return;
    const words = this.machine.kernel.cpu.hart;
    const hi = words[REG_A0 + 1] ?? 0;
    const lo = words[REG_A0] ?? 0;
    // An error is -4095 … -1; everything else is not negative, or the call was not completed and a0 is as it was.
    const completed = (words[HART_PC] ?? 0) === TEXT_ADDRESS + 4;
    if (completed && hi === -1) assert.ok(lo >= -4095, `${this.last} = ${lo}`);
    assert.ok(!isRestart(lo) || hi !== -1 || !completed, `${this.last} leaks a restart code`);
    assert.ok(!(completed && hi === -1 && lo === NO_RESULT), `${this.last} leaks NO_RESULT`);
  }

  /** The hart for `t`, whatever else is ready. */
  #takeHart(t: Thread): void {
    const { sched } = this.machine.kernel;
    if (t.task.state === "stopped") {
      t.process.stopped = false;
      sched.ready(t.task);
    }
    if (t.task.state === "running") sched.stop(t.task);
    if (t.task.state === "stopped") sched.ready(t.task);
    for (;;) {
      const task = sched.next();
      assert.ok(task !== undefined);
      if (task === t.task) break;
      // Children and other threads end here: their turn never comes.
      const other = this.machine.kernel.processes.thread(task.tid);
      if (other?.process === t.process) exitThread(this.machine.kernel, other, 0);
      else if (other !== undefined) exitGroup(this.machine.kernel, other.process, 0);
    }
    this.#executor.switchTo(t);
  }

  #endOthers(t: Thread): void {
    const k = this.machine.kernel;
    for (const process of k.processes.all()) {
      if (process.pid !== 1 && process !== t.process && !process.zombie) exitGroup(k, process, 0);
    }
    if (this.calls % 200 === 0) {
      checkAccounting(k.mm);
      // A process that has collected odd limits, masks and descriptors makes the calls fail early.
      if (t.task.state !== "dead") exitGroup(k, t.process, 0);
    }
  }
}

test(`random arguments to every system call for ${seconds} s: an errno or a result, never an exception`, async () => {
  const fuzzer = new Fuzzer(seed);
  const implemented = syscallTable.filter(({ status }) => status !== "absent");
  const end = performance.now() + seconds * 1000;
  try {
    while (performance.now() < end) for (const entry of implemented) await fuzzer.issue(entry);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}, call ${fuzzer.calls}: ${fuzzer.last}: ${what}`, {
      cause: error,
    });
  }
  checkAccounting(fuzzer.machine.kernel.mm);
  assert.ok(fuzzer.calls > implemented.length);
});

test("a call that is not implemented is ENOSYS and said once in the log", async () => {
  const fuzzer = new Fuzzer(seed);
  const absent = syscallTable.find(({ name }) => name === "io_uring_setup");
  assert.ok(absent !== undefined);
  await fuzzer.issue(absent);
  await fuzzer.issue(absent);
  const said = fuzzer.machine.kernel.log
    .entries()
    .filter(({ text }) => text.includes("io_uring_setup"));
  assert.equal(said.length, 1);
});
