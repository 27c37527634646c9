// Runs one program of the host in an empty directory of its own, for as long as it is given, and says how it ended.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

import type { Behaviour } from "./expectation.ts";

export interface HostRun extends Behaviour {
  readonly stderr: string;
}

/**
 * Standard input is empty; the environment is empty but for PATH; after `seconds` the program's process group is killed.
 *
 * @param argv0 what the program sees as its name, its path unless given
 */
export function runHost(
  command: readonly [string, ...string[]],
  seconds: number,
  argv0?: string,
): Promise<HostRun> {
  const directory = mkdtempSync(join(tmpdir(), "vitrine-run-"));
  const [file, ...args] = command;
  return new Promise((done, fail) => {
    const child = spawn(file, args, {
      cwd: directory,
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      ...(argv0 === undefined ? {} : { argv0 }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    const timer = setTimeout(() => {
      stderr.push(Buffer.from(`\nkilled after ${seconds} seconds\n`));
      // Its own group, because it is detached: children that it left behind go with it.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, seconds * 1000);
    const cleanUp = (): void => {
      clearTimeout(timer);
      rmSync(directory, { recursive: true, force: true });
    };
    child.on("error", (error) => {
      cleanUp();
      fail(error);
    });
    child.on("close", (code, signal) => {
      cleanUp();
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      done({
        status,
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
      });
    });
  });
}
