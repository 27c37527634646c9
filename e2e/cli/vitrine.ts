// Starts the built command line as a process of this computer and waits for its end, for tests of what its user sees.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The built command line; `npm test` builds before it tests. */
export const vitrine = join(import.meta.dirname, "..", "..", "dist", "vitrine.mjs");

if (!existsSync(vitrine)) throw new Error("there is no dist/vitrine.mjs: run npm run build first");

export interface Ended {
  /** The exit status; null when a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** Written to standard input, which then ends. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  /** Called with what standard output has so far whenever there is more. */
  readonly onOutput?: (soFar: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** No test needs so long; a hang must not outlive its test. */
const PATIENCE_MS = 30_000;

/** Any program; its whole process group ends with it. */
export function start(
  file: string,
  words: readonly string[],
  options: StartOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { cwd: options.cwd, stdio: "pipe" });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.stdout.on("data", (chunk: Buffer) => {
      stdout.push(chunk);
      options.onOutput?.(text(stdout), (signal) => child.kill(signal));
    });
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout: text(stdout), stderr: text(stderr) });
    });
    // A program that does not read all of it is no failure.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
  });
}

/** `vitrine WORDS…` */
export const run = (words: readonly string[], options?: StartOptions): Promise<Ended> =>
  start(process.execPath, [vitrine, ...words], options);

/** `vitrine -c COMMANDS` */
export const sh = (commands: string, options?: StartOptions): Promise<Ended> =>
  run(["-c", commands], options);
