// The command line: a machine in Node whose terminal, standard streams and exit status are the host's.

import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { basename } from "node:path";
import { decodeEvent } from "../../api/events.ts";
import { EVENT_ROW } from "../../lib/event-stream.ts";
import { createTrace } from "../../syscalls/strace.ts";
import { HostInput, HostOutput } from "../kernel-tasks.ts";
import { guestText, Machine, MachineError, type ProgramRequest, shellStatus } from "../machine.ts";
import { attachCompiler } from "../compiler-workers.ts";
import { compileHostFile } from "./compile.ts";
import { startCompilerWorker } from "./compiler.ts";
import { createNodeHost } from "./host.ts";
import { loadImage } from "./image.ts";
import { type CommandLine, HELP, parseCommandLine, UsageError } from "./options.ts";
import { printStats } from "./stats.ts";
import { openSwapFile } from "./swap-file.ts";
import { runTerminal } from "./terminal.ts";

const TIMED_OUT = 124;
const CANNOT_RUN = 126;
const NOT_FOUND = 127;
const KERNEL_PANIC = 134;
/** Output that Node has not passed on; a program that writes more waits. */
const OUTPUT_LIMIT = 1024 * 1024;

async function main(words: readonly string[]): Promise<number> {
  const line = parseCommandLine(words);
  if (line === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  const host = createNodeHost();
  const seed = line.seed === undefined ? {} : { seed: line.seed };
  const [core = new Uint8Array(), ...rest] = loadImage();
  const swap = line.swap === 0 ? {} : { swap: { bytes: line.swap, store: openSwapFile() } };
  const machine = new Machine({ ramBytes: line.ram, image: core, host, ...swap, ...seed });
  for (const archive of rest) machine.addImage(archive);
  attachCompiler(machine, () => startCompilerWorker());
  // A program on streams has no terminal on which the kernel could speak.
  const tellTerminals = machine.kernel.log.onAlert;
  machine.kernel.log.onAlert = (text) => {
    if (machine.terminals.length === 0) process.stderr.write(`vitrine: ${text}\n`);
    else tellTerminals?.(text);
  };
  const closeEvents = line.events === undefined ? undefined : recordEvents(machine, line.events);
  if (line.strace) machine.kernel.trace = createTrace((text) => process.stderr.write(`${text}\n`));
  const began = performance.now();
  const panicked = new Promise<number>((resolve) => {
    machine.onPanic = (report) => {
      process.stderr.write(`\r\n${report.replaceAll("\n", "\r\n")}\r\n`);
      resolve(KERNEL_PANIC);
    };
  });
  void machine.start();
  const outcomes = [runJob(machine, line), panicked];
  if (line.timeout !== undefined) outcomes.push(timeUp(line.timeout));
  try {
    return await Promise.race(outcomes);
  } finally {
    await machine.shutdown();
    // Time may have run out, or the kernel panicked, while somebody read: nothing is read any more.
    letGoOfInput();
    closeEvents?.();
    if (line.stats) printStats(machine, performance.now() - began);
  }
}

function timeUp(seconds: number): Promise<number> {
  return new Promise((resolve) => {
    setTimeout(() => {
      process.stderr.write(`vitrine: timed out after ${seconds} s\n`);
      resolve(TIMED_OUT);
    }, seconds * 1000).unref();
  });
}

function runJob(machine: Machine, line: CommandLine): Promise<number> {
  const { job } = line;
  switch (job.kind) {
    case "shell":
      if (process.stdin.isTTY && process.stdout.isTTY) return runTerminal(machine);
      return runOnStreams(machine, { path: "/bin/sh", argv: ["sh"] });
    case "command":
      return runOnStreams(machine, { path: "/bin/sh", argv: ["sh", "-c", guestText(job.command)] });
    case "program":
      return runHostProgram(machine, job.path, job.args);
  }
}

/** Copies a program of the host into the machine, compiled first if it is C, and runs it there, in an empty directory. */
async function runHostProgram(
  machine: Machine,
  hostPath: string,
  args: readonly string[],
): Promise<number> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(hostPath);
  } catch (error) {
    process.stderr.write(`vitrine: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof Error && "code" in error && error.code === "ENOENT"
      ? NOT_FOUND
      : CANNOT_RUN;
  }
  const isC = hostPath.endsWith(".c");
  if (isC) {
    const program = await compileHostFile(machine, hostPath);
    if (typeof program === "number") return program;
    bytes = program;
  }
  const path = `/run/${guestText(basename(hostPath, isC ? ".c" : ""))}`;
  const cwd = "/tmp/run";
  const { vfs, processes } = machine.kernel;
  await machine.do(() => vfs.mkdir(processes.init, undefined, cwd, 0o755));
  await machine.writeFile(path, bytes);
  await machine.do(() => {
    const dentry = vfs.lookup(processes.init, undefined, path, true);
    if (typeof dentry !== "number") vfs.chmod(processes.init, dentry, 0o755);
  });
  return runOnStreams(machine, { path, argv: [path, ...args.map(guestText)], cwd });
}

async function runOnStreams(machine: Machine, request: ProgramRequest): Promise<number> {
  const input = new HostInput(machine.kernel);
  const stdout = outputTo(machine, process.stdout);
  const stderr = outputTo(machine, process.stderr);
  feedFrom(machine, input);
  const before = machine.kernel.log.entries().length;
  try {
    return shellStatus(await machine.runProgram(request, { input, stdout, stderr }));
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    process.stderr.write(`vitrine: ${error.message}\n`);
    // The kernel's log says why it is no program.
    for (const { text } of machine.kernel.log.entries().slice(before))
      process.stderr.write(`vitrine: ${text}\n`);
    return error.errno === 2 ? NOT_FOUND : CANNOT_RUN;
  }
}

function letGoOfInput(): void {
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.stdin.destroy();
}

function outputTo(machine: Machine, stream: NodeJS.WriteStream): HostOutput {
  const output = new HostOutput(
    machine.kernel,
    (bytes) => {
      stream.write(bytes, () => machine.loop.post(() => output.acknowledge(bytes.length)));
    },
    OUTPUT_LIMIT,
  );
  return output;
}

/** Standard input, as fast as the program takes it. */
function feedFrom(machine: Machine, input: HostInput): void {
  const { stdin } = process;
  stdin.on("data", (chunk: Buffer) => {
    stdin.pause();
    machine.loop.post(() => input.push(chunk));
  });
  stdin.on("end", () => machine.loop.post(() => input.end()));
  stdin.on("error", () => machine.loop.post(() => input.end()));
  input.onTaken = () => stdin.resume();
}

/** One JSON object a line; returns what closes the file. */
function recordEvents(machine: Machine, path: string): () => void {
  const file = openSync(path, "w");
  const stop = machine.kernel.events.listen((rows, count, texts) => {
    const lines: string[] = [];
    for (let index = 0; index < count; index++)
      lines.push(JSON.stringify(decodeEvent(rows, index * EVENT_ROW, texts)));
    writeSync(file, `${lines.join("\n")}\n`);
  });
  return () => {
    stop();
    closeSync(file);
  };
}

// A reader that has gone away (`vitrine … | head`) is no error of ours.
process.stdout.on("error", () => process.exit(141));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`vitrine: ${error.message}\nTry: vitrine --help\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`vitrine: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
