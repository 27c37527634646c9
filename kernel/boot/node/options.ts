// The command line's words: `vitrine [OPTION…] [run PROGRAM [ARG…]]`. What follows PROGRAM is the program's own.

import { parseArgs } from "node:util";

export const HELP = `Vitrine: an operating system behind glass. A RISC-V machine with Linux's system calls.

  vitrine                     a shell on this terminal (or its script from standard input)
  vitrine -c 'COMMANDS'       runs COMMANDS with the machine's shell
  vitrine run PROGRAM [ARG…]  runs a static riscv64 ELF program of this computer inside the machine
  vitrine run FILE.c [ARG…]   compiles FILE.c of this computer (cc -g) and runs the program

  -c, --command COMMANDS
      --ram SIZE              RAM, from 1M; K, M and G are understood (64M)
      --swap SIZE             swap, in a file that nobody sees (256M; 0 for none, up to 4G)
      --seed NUMBER           the machine repeats itself exactly: virtual time, seeded randomness
      --events FILE           writes every event of the machine to FILE, one JSON object a line
      --strace                shows system calls on standard error
      --stats                 says at the end what was executed, how fast, with how much memory
      --timeout SECONDS       gives up after so long; the status is 124
  -h, --help                  shows this

Standard input, output and error are the program's, and so is the exit status;
128 + n when signal n ended it.
`;

/** What to run. */
export type Job =
  | { readonly kind: "shell" }
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "program"; readonly path: string; readonly args: readonly string[] };

export interface CommandLine {
  readonly job: Job;
  /** Bytes. */
  readonly ram: number;
  /** Bytes; 0 for none. */
  readonly swap: number;
  readonly seed: number | undefined;
  readonly events: string | undefined;
  readonly strace: boolean;
  readonly stats: boolean;
  /** Seconds. */
  readonly timeout: number | undefined;
}

/** A mistake in the words, told in one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const options = {
  command: { type: "string", short: "c" },
  ram: { type: "string" },
  swap: { type: "string" },
  seed: { type: "string" },
  events: { type: "string" },
  strace: { type: "boolean" },
  stats: { type: "boolean" },
  timeout: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const DEFAULT_RAM = 64 * 1024 * 1024;
const MIN_RAM = 1024 * 1024;
const MAX_RAM = 2 ** 31 - 4096;
const DEFAULT_SWAP = 256 * 1024 * 1024;
const MAX_SWAP = 4 * 1024 ** 3;

/** Understands the words after the program's own name; "help" when that is what is wanted. */
export function parseCommandLine(words: readonly string[]): CommandLine | "help" {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true });
  const first = tokens.find(({ kind }) => kind === "positional");
  const own = first === undefined ? words : words.slice(0, first.index);
  const rest = first === undefined ? [] : words.slice(first.index);
  let values;
  try {
    ({ values } = parseArgs({ args: [...own], options, strict: true }));
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error),
    );
  }
  if (values.help === true) return "help";
  return {
    job: jobOf(values.command, rest),
    ram: values.ram === undefined ? DEFAULT_RAM : parseRam(values.ram),
    swap: values.swap === undefined ? DEFAULT_SWAP : parseSwap(values.swap),
    seed: values.seed === undefined ? undefined : parseSeed(values.seed),
    events: values.events,
    strace: values.strace === true,
    stats: values.stats === true,
    timeout: values.timeout === undefined ? undefined : parseSeconds(values.timeout),
  };
}

function jobOf(command: string | undefined, rest: readonly string[]): Job {
  const [word, path, ...args] = rest;
  if (command !== undefined) {
    if (word !== undefined) throw new UsageError(`-c takes one argument; what is "${word}"?`);
    return { kind: "command", command };
  }
  if (word === undefined) return { kind: "shell" };
  if (word !== "run")
    throw new UsageError(`there is no command "${word}"; did you mean: vitrine run ${word}`);
  if (path === undefined) throw new UsageError("run needs a program: vitrine run PROGRAM [ARG…]");
  return { kind: "program", path, args };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Bytes, rounded down to whole pages. */
function parseSize(option: string, text: string): number {
  const match = /^(\d+)([KMG]?)(?:i?B)?$/i.exec(text);
  const bytes =
    match === null ? NaN : Number(match[1]) * (UNITS[(match[2] ?? "").toUpperCase()] ?? NaN);
  if (!Number.isFinite(bytes)) throw new UsageError(`${option}: "${text}" is not a size like 64M`);
  return Math.floor(bytes / 4096) * 4096;
}

function parseRam(text: string): number {
  const bytes = parseSize("--ram", text);
  if (bytes < MIN_RAM || bytes > MAX_RAM) throw new UsageError("--ram: from 1M to just below 2G");
  return bytes;
}

function parseSwap(text: string): number {
  const bytes = parseSize("--swap", text);
  if (bytes > MAX_SWAP) throw new UsageError("--swap: up to 4G");
  return bytes;
}

function parseSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) >= 2 ** 32) {
    throw new UsageError(`--seed: "${text}" is not a number from 0 to 4294967295`);
  }
  return Number(text);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !Number.isFinite(seconds) || seconds <= 0) {
    throw new UsageError(`--timeout: "${text}" is not a number of seconds`);
  }
  return seconds;
}
