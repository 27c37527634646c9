// Runs a conformance program on a machine of its own, in this process: the kernel as it is in the source tree.

import { randomFillSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  FRAME_ANON,
  FRAME_BUFFER,
  FRAME_PAGE_TABLE,
  frameKindNames,
} from "../../kernel/api/frames.ts";
import type { Host } from "../../kernel/boot/host.ts";
import { createYield } from "../../kernel/boot/host.ts";
import { HostOutput } from "../../kernel/boot/kernel-tasks.ts";
import { Machine, shellStatus } from "../../kernel/boot/machine.ts";
import { checkAccounting } from "../../kernel/mm/accounting.ts";
import { createTestSwapStore } from "../../kernel/mm/swap/test-store.ts";
import type { GuestRunner } from "./guest-runner.ts";
import { PROGRAM_SECONDS } from "./guest-runner.ts";
import type { HostRun } from "./host-process.ts";

const RAM_BYTES = 32 << 20;
const WORK = "/tmp/empty";

/** How a machine is run: by the host's clock, or by virtual time from a seed, and then perhaps with waits dropped at random. */
export interface Manner {
  readonly name: string;
  readonly seed?: number;
  readonly chaosSeed?: number;
  /** Pages are evicted at random, to swap in memory. */
  readonly squeezeSeed?: number;
  /** Bytes of RAM; 32 MiB unless given. */
  readonly ram?: number;
}

const SWAP_BYTES = 64 << 20;

/**
 * Memory's arithmetic must add up after every program, and what its processes had must be free again: nothing of theirs
 * is left but the files in /tmp. Returns what is wrong.
 */
function leftovers({ kernel }: Machine): string {
  try {
    checkAccounting(kernel.mm);
  } catch (error) {
    return `accounting: ${String(error)}`;
  }
  if (kernel.processes.threadCount > 0) return `${kernel.processes.threadCount} threads live on`;
  const { byKind } = kernel.mm.frames;
  const kinds = [FRAME_ANON, FRAME_PAGE_TABLE, FRAME_BUFFER];
  return kinds
    .filter((kind) => byKind[kind] !== 0)
    .map((kind) => `${byKind[kind]} frames are left of kind ${frameKindNames[kind]}`)
    .join("\n");
}

/** What goes to swap holds its frame until it is there, even if its owner has ended. */
async function settled(machine: Machine): Promise<void> {
  while (
    machine.panic === null &&
    (await machine.do(() => machine.kernel.completions.pending > 0))
  ) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** What one program is given of the world, and what it made of it. */
async function runOn(machine: Machine, name: string, elf: Uint8Array): Promise<HostRun> {
  const { kernel } = machine;
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const path = `/tmp/${name}`;
  await machine.writeFile(path, elf);
  await machine.do(() => kernel.vfs.mkdir(kernel.processes.init, undefined, WORK, 0o755));
  const ended = machine.runProgram(
    { path, argv: [path], envp: ["PATH=/bin"], cwd: WORK },
    {
      input: undefined,
      stdout: new HostOutput(kernel, (bytes) => stdout.push(bytes)),
      stderr: new HostOutput(kernel, (bytes) => stderr.push(bytes)),
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PROGRAM_SECONDS * 1000);
  });
  const panicked = new Promise<undefined>((resolve) => {
    machine.onPanic = () => resolve(undefined);
  });
  const status = await Promise.race([ended, tooLate, panicked]);
  clearTimeout(timer);
  await settled(machine);
  const last =
    machine.panic ??
    (status === undefined
      ? `after ${PROGRAM_SECONDS} s no end`
      : await machine.do(() => leftovers(machine)));
  return {
    status: status === undefined ? 137 : shellStatus(status),
    stdout: Buffer.concat(stdout).toString("utf8"),
    stderr: Buffer.concat(stderr).toString("utf8") + last,
  };
}

export function vitrineRunner(manner: Manner): GuestRunner {
  const image = readFileSync(join(import.meta.dirname, "..", "..", "userland", "image.cpio"));
  const { yieldToHost, close } = createYield();
  const host: Host = {
    now: () => performance.now(),
    epochSeconds: () => Date.now() / 1000,
    yieldToHost,
    setTimer(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    randomBytes: (into) => void randomFillSync(into),
  };
  return {
    name: manner.name,
    async run(name, elf) {
      const { seed, chaosSeed, squeezeSeed, ram = RAM_BYTES } = manner;
      const store = createTestSwapStore();
      const machine = new Machine({
        ramBytes: ram,
        swap: { bytes: SWAP_BYTES, store: Promise.resolve(store) },
        image,
        host,
        ...(seed === undefined ? {} : { seed }),
        ...(chaosSeed === undefined ? {} : { chaosSeed }),
        ...(squeezeSeed === undefined ? {} : { squeezeSeed }),
      });
      void machine.start();
      try {
        const run = await runOn(machine, name, elf);
        const broken = store.violations.join("\n");
        return { ...run, stderr: run.stderr + broken };
      } finally {
        await machine.shutdown();
      }
    },
    close,
  };
}
