// A machine: a kernel, its loop, terminals with a shell on each, and what its owner may do with it. Host-neutral: the
// kernel worker, the command line and the tests all drive this.

import { errnoName, errnoTable, EFAULT } from "../abi/errno.ts";
import { O_CREAT, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from "../abi/fcntl.ts";
import { ELF_MAGIC } from "../abi/elf.ts";
import { Terminal } from "../dev/terminal.ts";
import { byteString } from "../fs/byte-string.ts";
import type { File } from "../fs/file.ts";
import type { ImageFs } from "../fs/image-fs.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import type { Kernel } from "../proc/kernel.ts";
import type { Process } from "../proc/process.ts";
import { createKernel } from "./create-kernel.ts";
import type { Host } from "./host.ts";
import { spawn } from "./init.ts";
import { type HostInput, type HostOutput, startKernelTask } from "./kernel-tasks.ts";
import { MachineLoop } from "./machine-loop.ts";
import { describePanic } from "./panic-report.ts";
import { createRandom, seededBytes } from "./random.ts";
import type { Ptys } from "../dev/pty.ts";

export interface MachineParts {
  /** Bytes of RAM. */
  readonly ramBytes: number;
  /** The root image, a cpio archive; more of it can come later (`addImage`). */
  readonly image: Uint8Array;
  readonly host: Host;
  /** Present: virtual time and seeded randomness, so that runs repeat. */
  readonly seed?: number;
  /** Test only: drops waits at random. */
  readonly chaosSeed?: number;
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

/** A failure that carries an errno, for owners of the machine (guests get numbers). */
export class MachineError extends Error {
  override readonly name = "MachineError";
  readonly errno: number;

  constructor(what: string, result: number) {
    const name = errnoName(result);
    const entry = Object.entries(errnoTable).find(([key]) => key === name);
    super(`${what}: ${entry?.[1][1] ?? name}`);
    this.errno = -result;
  }
}

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
  #running: Promise<void> | undefined;
  /** Who waits for something that only a running machine can do: told when it panics. */
  readonly #waiting = new Set<(why: Error) => void>();

  constructor(parts: MachineParts) {
    const realTime = parts.seed === undefined;
    const { kernel, ptys, image } = createKernel({
      ramBytes: parts.ramBytes,
      image: parts.image,
      realTime,
      bootSeconds: realTime ? Math.floor(parts.host.epochSeconds()) : SEEDED_BOOT_SECONDS,
      randomBytes:
        parts.seed === undefined ? (into) => parts.host.randomBytes(into) : seededBytes(parts.seed),
    });
    this.kernel = kernel;
    this.#ptys = ptys;
    this.#image = image;
    const chaos = parts.chaosSeed === undefined ? {} : { chaos: createRandom(parts.chaosSeed) };
    this.loop = new MachineLoop(kernel, parts.host, { realTime, ...chaos });
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

  /** Starts the loop; the promise ends when the machine halts or panics. */
  start(): Promise<void> {
    this.#running ??= this.loop.run();
    return this.#running;
  }

  /** Stops for good. */
  async shutdown(): Promise<void> {
    this.loop.halt();
    await this.#running;
  }

  /** A terminal with a shell on it, which init starts again whenever it exits. `onExit` instead ends that. */
  openTerminal(rows: number, columns: number, onExit?: (status: number) => void): Terminal {
    const terminal = new Terminal(this.#ptys, this.terminals.length, rows, columns);
    this.terminals.push(terminal);
    const start = (): void => {
      const result = this.#shellOn(terminal, onExit ?? start);
      if (result < 0)
        this.kernel.log.write(`init: no shell for ${terminal.path}: ${errnoName(result)}`);
    };
    this.loop.post(start);
    return terminal;
  }

  #shellOn(terminal: Terminal, onExit: (status: number) => void): number {
    const process = spawn(this.kernel, {
      path: "/bin/sh",
      // A leading dash makes it a login shell.
      argv: ["-sh"],
      envp: ENVIRONMENT,
      cwd: "/root",
      open: (owner) => this.#openTerminalFiles(owner, terminal),
      onExit: (status) => this.loop.post(() => onExit(status)),
    });
    return typeof process === "number" ? process : process.pid;
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
        const result = this.#spawnOnPipes(request, streams, resolve);
        if (result < 0) reject(new MachineError(request.path, result));
      });
    });
  }

  #spawnOnPipes(
    request: ProgramRequest,
    streams: ProgramStreams,
    done: (status: number) => void,
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
      if (--left === 0) done(status);
    };
    const process = spawn(k, {
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
    });
    if (typeof process === "number") {
      stdout.read.release();
      stderr.read.release();
      stdin?.write.release();
      return process;
    }
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
    return process.pid;
  }

  #task(body: Parameters<typeof startKernelTask>[1]): void {
    startKernelTask(this.kernel, body, (error) => this.loop.fail(error));
  }

  /** Writes a file, whole; executable when it begins like an ELF program. Between slices only (`loop.post`). */
  writeFile(path: string, bytes: Uint8Array): void {
    const { vfs, processes } = this.kernel;
    const isProgram =
      bytes.length >= 4 &&
      new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === ELF_MAGIC;
    const file = vfs.open(
      processes.init,
      undefined,
      path,
      O_WRONLY | O_CREAT | O_TRUNC,
      isProgram ? 0o755 : 0o644,
    );
    if (typeof file === "number") throw new MachineError(path, file);
    const source = new BufferSource(bytes);
    while (source.remaining > 0) {
      const done = file.writeNext(processes.init, source);
      if (done <= 0) {
        file.release();
        throw new MachineError(path, done === 0 ? -EFAULT : done);
      }
    }
    if (isProgram) vfs.chmod(processes.init, file.dentry, 0o755);
    file.release();
  }

  /** Reads a file, whole. Between slices only. */
  readFile(path: string): Uint8Array {
    const { vfs, processes } = this.kernel;
    const file = vfs.open(processes.init, undefined, path, O_RDONLY, 0);
    if (typeof file === "number") throw new MachineError(path, file);
    const chunks: Uint8Array[] = [];
    for (;;) {
      const chunk = new Uint8Array(65536);
      const done = file.readNext(processes.init, new BufferSink(chunk));
      if (done < 0) {
        file.release();
        throw new MachineError(path, done);
      }
      if (done === 0) break;
      chunks.push(chunk.subarray(0, done));
    }
    file.release();
    const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
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
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }
}

/** The exit status as a shell shows it: 128 + n for a signal. `status` is wait4's. */
export function shellStatus(status: number): number {
  return (status & 0x7f) === 0 ? status >> 8 : 128 + (status & 0x7f);
}

/** A path or argument from the host as the machine's byte string. */
export function guestText(text: string): string {
  return byteString(new TextEncoder().encode(text));
}
