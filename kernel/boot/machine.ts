// A machine: a kernel, its loop, terminals with a shell on each, and what its owner may do with it. Host-neutral: the
// kernel worker, the command line and the tests all drive this.

import { errnoName } from "../abi/errno.ts";
import { O_RDONLY, O_RDWR } from "../abi/fcntl.ts";
import { Terminal } from "../dev/terminal.ts";
import { byteString } from "../fs/byte-string.ts";
import type { File } from "../fs/file.ts";
import type { ImageFs } from "../fs/image-fs.ts";
import type { Kernel } from "../proc/kernel.ts";
import type { Task } from "../sched/task.ts";
import type { Process } from "../proc/process.ts";
import { createKernel } from "./create-kernel.ts";
import type { Host } from "./host.ts";
import { loadFile, MachineError, storeFile, whenPossible } from "./host-files.ts";
import { spawn, type SpawnRequest } from "./init.ts";
import { type HostInput, type HostOutput, startKernelTask } from "./kernel-tasks.ts";
import { MachineLoop } from "./machine-loop.ts";
import { describePanic } from "./panic-report.ts";
import { createRandom, seededBytes } from "./random.ts";
import { storeWhenOpen } from "./swap-store-opening.ts";
import type { SwapStore } from "../mm/swap/store.ts";
import type { Ptys } from "../dev/pty.ts";

export { MachineError } from "./host-files.ts";

export interface MachineSwap {
  readonly bytes: number;
  /** May still be on its way; rejects with the reason when there is none. */
  readonly store: Promise<SwapStore>;
}

export interface MachineParts {
  /** Bytes of RAM. */
  readonly ramBytes: number;
  /** Bytes of swap, and where they go; absent: none. */
  readonly swap?: MachineSwap;
  /** The root image, a cpio archive; more of it can come later (`addImage`). */
  readonly image: Uint8Array;
  readonly host: Host;
  /** Present: virtual time and seeded randomness, so that runs repeat. */
  readonly seed?: number;
  /** Test only: drops waits at random. */
  readonly chaosSeed?: number;
  /** Test only: evicts pages at random. */
  readonly squeezeSeed?: number;
}

/** Machines with a seed boot at this moment: 2026-01-01 00:00:00 UTC. */
const SEEDED_BOOT_SECONDS = 1_767_225_600;

export const ENVIRONMENT = [
  "PATH=/bin:/usr/bin",
  "HOME=/root",
  "TERM=xterm-256color",
  "USER=root",
  "SHELL=/bin/sh",
] as const;

export interface ProgramStreams {
  readonly input: HostInput | undefined;
  readonly stdout: HostOutput;
  readonly stderr: HostOutput;
}

export interface ProgramRequest {
  readonly path: string;
  readonly argv: readonly string[];
  readonly envp?: readonly string[];
  readonly cwd?: string;
}

export class Machine {
  readonly kernel: Kernel;
  readonly loop: MachineLoop;
  readonly terminals: Terminal[] = [];
  readonly #ptys: Ptys;
  readonly #image: ImageFs;
  /** What a person needs to know after a panic, null while all is well. */
  panic: string | null = null;
  onPanic: ((report: string) => void) | undefined;
  /** Lets go of what was brought to the machine after its start. */
  onShutdown: (() => void) | undefined;
  #running: Promise<void> | undefined;
  /** Who waits for something that only a running machine can do: told when it panics. */
  readonly #waiting = new Set<(why: Error) => void>();

  constructor(parts: MachineParts) {
    const realTime = parts.seed === undefined;
    const { kernel, ptys, image } = createKernel({
      ramBytes: parts.ramBytes,
      swapBytes: parts.swap?.bytes ?? 0,
      swapStore: storeWhenOpen(parts.swap?.store ?? Promise.reject(new Error("there is no swap"))),
      image: parts.image,
      realTime,
      bootSeconds: realTime ? Math.floor(parts.host.epochSeconds()) : SEEDED_BOOT_SECONDS,
      randomBytes:
        parts.seed === undefined ? (into) => parts.host.randomBytes(into) : seededBytes(parts.seed),
    });
    this.kernel = kernel;
    this.#ptys = ptys;
    this.#image = image;
    const { chaosSeed, squeezeSeed } = parts;
    const chaos = chaosSeed === undefined ? {} : { chaos: createRandom(chaosSeed) };
    const squeeze = squeezeSeed === undefined ? {} : { squeeze: createRandom(squeezeSeed) };
    this.loop = new MachineLoop(kernel, parts.host, { realTime, ...chaos, ...squeeze });
    this.#task((task) =>
      kernel.mm.reclaim.runInBackground(task, (t, q) => kernel.sched.sleep(t, q)),
    );
    kernel.log.onAlert = (text) => this.#tellTerminals(text);
    parts.swap?.store.catch((error: unknown) => {
      this.loop.post(() => {
        kernel.mm.swap.on = false;
        kernel.mm.swap.report(`off, because there is no store for it (${errorOf(error).message})`);
      });
    });
    this.loop.onPanic = (error) => {
      this.panic = describePanic(kernel, error);
      kernel.log.write(this.panic);
      this.onPanic?.(this.panic);
      const why = new Error(this.panic);
      for (const reject of this.#waiting) reject(why);
      this.#waiting.clear();
    };
  }

  /** Adds the files of another archive of the same image. Between slices only, or before the start. */
  addImage(archive: Uint8Array): void {
    this.#image.addArchive(archive);
  }

  /** What the kernel has to say to whoever sits there, on a line of its own. */
  #tellTerminals(text: string): void {
    const seconds = (this.kernel.clock.now() / 1e9).toFixed(3).padStart(9);
    for (const terminal of this.terminals) terminal.notice(`[${seconds}] ${text}`);
  }

  /** Starts the loop; the promise ends when the machine halts or panics. */
  start(): Promise<void> {
    this.#running ??= this.loop.run();
    return this.#running;
  }

  /** Stops for good; what was swapped out is deleted. */
  async shutdown(): Promise<void> {
    this.loop.halt();
    await this.#running;
    this.onShutdown?.();
    await this.kernel.mm.swap.parts.store.close();
  }

  /** A terminal with a shell on it, which init starts again whenever it exits. `onExit` instead ends that. */
  openTerminal(rows: number, columns: number, onExit?: (status: number) => void): Terminal {
    const terminal = new Terminal(this.#ptys, this.terminals.length, rows, columns);
    this.terminals.push(terminal);
    const start = (): void => {
      this.#spawn(
        {
          path: "/bin/sh",
          // A leading dash makes it a login shell.
          argv: ["-sh"],
          envp: ENVIRONMENT,
          cwd: "/root",
          open: (owner) => this.#openTerminalFiles(owner, terminal),
          onExit: (status) => this.loop.post(() => (onExit ?? start)(status)),
        },
        (error) =>
          this.kernel.log.write(`init: no shell for ${terminal.path}: ${errnoName(error)}`),
      );
    };
    this.loop.post(start);
    return terminal;
  }

  /** Starts a program; between slices. `failed` hears why not. */
  #spawn(request: SpawnRequest, failed: (error: number) => void): void {
    this.#task(async (task) => {
      const process = await whenPossible(this.kernel, task, () => spawn(this.kernel, request));
      if (typeof process === "number") failed(process);
    });
  }

  #openTerminalFiles(owner: Process, terminal: Terminal): readonly File[] | number {
    const file = this.kernel.vfs.open(owner, undefined, terminal.path, O_RDWR, 0);
    return typeof file === "number" ? file : [file, file.retain(), file.retain()];
  }

  /** Runs a program of the machine on pipes; resolves to its status as wait4 reports it. */
  runProgram(request: ProgramRequest, streams: ProgramStreams): Promise<number> {
    if (this.loop.halted) return Promise.reject(new Error(this.panic ?? "the machine has stopped"));
    return this.#unlessItPanics((resolve, reject) => {
      this.loop.post(() => {
        const result = this.#spawnOnPipes(request, streams, resolve, (error) =>
          reject(new MachineError(request.path, error)),
        );
        if (result < 0) reject(new MachineError(request.path, result));
      });
    });
  }

  #spawnOnPipes(
    request: ProgramRequest,
    streams: ProgramStreams,
    done: (status: number) => void,
    failed: (error: number) => void,
  ): number {
    const k = this.kernel;
    const stdout = k.createPipe(0);
    const stderr = k.createPipe(0);
    const stdin = streams.input === undefined ? undefined : k.createPipe(0);
    if (typeof stdout === "number") return stdout;
    if (typeof stderr === "number") return stderr;
    if (typeof stdin === "number") return stdin;
    // Three ends make one: the program's, and that of each stream, which others may still hold open.
    let left = 3;
    let status = 0;
    const finish = (): void => {
      if (--left === 0) this.#whenStorageRests(() => done(status));
    };
    const program: SpawnRequest = {
      path: request.path,
      argv: request.argv,
      envp: request.envp ?? ENVIRONMENT,
      cwd: request.cwd ?? "/root",
      open: (owner) => {
        const input = stdin?.read ?? k.vfs.open(owner, undefined, "/dev/null", O_RDONLY, 0);
        return typeof input === "number" ? input : [input, stdout.write, stderr.write];
      },
      onExit: (value) => {
        status = value;
        streams.stdout.finish();
        streams.stderr.finish();
        finish();
      },
    };
    this.#spawn(program, (error) => {
      // What the program would have had; the streams end when they see that nobody writes.
      stdin?.read.release();
      stdout.write.release();
      stderr.write.release();
      failed(error);
    });
    this.#task(async (task) => {
      await streams.stdout.drain(task, stdout.read);
      finish();
    });
    this.#task(async (task) => {
      await streams.stderr.drain(task, stderr.read);
      finish();
    });
    const { input } = streams;
    if (input !== undefined && stdin !== undefined)
      this.#task((task) => input.feed(task, stdin.write));
    return 0;
  }

  /**
   * Calls `action` when storage has nothing to do for the machine, or 50 ms later. With a seed, what the owner does next
   * would else meet the machine before or after the end of a write, as the host's pace will have it.
   */
  #whenStorageRests(action: () => void): void {
    const { clock, completions, sched } = this.kernel;
    if (clock.host !== undefined || completions.pending === 0) {
      action();
      return;
    }
    this.#task(async (task) => {
      for (let waits = 0; waits < 50 && completions.pending > 0; waits++) {
        await sched.sleep(task, [], clock.now() + 1e6);
      }
      action();
    });
  }

  #task(body: Parameters<typeof startKernelTask>[1]): void {
    startKernelTask(this.kernel, body, (error) => this.loop.fail(error));
  }

  /** Writes a file, whole; executable when it begins like an ELF program. */
  writeFile(path: string, bytes: Uint8Array): Promise<void> {
    return this.#byTask((task) => storeFile(this.kernel, task, path, bytes));
  }

  /** Reads a file, whole. */
  readFile(path: string): Promise<Uint8Array> {
    return this.#byTask((task) => loadFile(this.kernel, task, path));
  }

  /** Has a task of the kernel do it; rejects with what it throws. */
  #byTask<Result>(body: (task: Task) => Promise<Result>): Promise<Result> {
    if (this.loop.halted) return Promise.reject(new Error(this.panic ?? "the machine has stopped"));
    return this.#unlessItPanics((resolve, reject) => {
      this.loop.post(() => {
        startKernelTask(
          this.kernel,
          (task) => body(task).then(resolve, (error: unknown) => reject(errorOf(error))),
          (error) => this.loop.fail(error),
        );
      });
    });
  }

  /** A promise that is rejected with the report when the machine panics before it is settled. */
  async #unlessItPanics<Result>(
    begin: (resolve: (result: Result) => void, reject: (why: Error) => void) => void,
  ): Promise<Result> {
    let abandon: (why: Error) => void = () => {};
    try {
      return await new Promise<Result>((resolve, reject) => {
        abandon = reject;
        this.#waiting.add(reject);
        begin(resolve, reject);
      });
    } finally {
      this.#waiting.delete(abandon);
    }
  }

  /** Does `action` between two slices and hands its result back. */
  do<Result>(action: () => Result): Promise<Result> {
    if (this.loop.halted) return Promise.resolve().then(action);
    return this.#unlessItPanics((resolve, reject) => {
      this.loop.post(() => {
        try {
          resolve(action());
        } catch (error) {
          reject(errorOf(error));
        }
      });
    });
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The exit status as a shell shows it: 128 + n for a signal. `status` is wait4's. */
export function shellStatus(status: number): number {
  return (status & 0x7f) === 0 ? status >> 8 : 128 + (status & 0x7f);
}

/** A path or argument from the host as the machine's byte string. */
export function guestText(text: string): string {
  return byteString(new TextEncoder().encode(text));
}
