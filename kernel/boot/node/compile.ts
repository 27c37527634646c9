// `vitrine run FILE.c`: compiles a C file of the host for the machine. The compiler asks for files as it does of the guest's
// `cc` (kernel/abi/cc.ts); here they are the host's, but for headers and libraries, which are the machine's.

import { readFileSync } from "node:fs";
import {
  CC_ARGUMENTS,
  CC_COLOUR,
  CC_DATA,
  CC_DONE,
  CC_END,
  CC_EXIT,
  CC_PRINT,
  CC_READ,
  CC_START,
  CC_WRITE,
  type CcMessage,
} from "../../abi/cc.ts";
import { EIO, errnoTable } from "../../abi/errno.ts";
import { type Machine, MachineError } from "../machine.ts";
import { startCompilerWorker } from "./compiler.ts";

const NOTHING = new Uint8Array();
/** What lies in the machine: /usr/include and /usr/lib (hier(7)). */
const IN_MACHINE = /^\/usr\/(include|lib)\//;

/** The program, or cc's exit status when there is none; what the compiler says goes to standard error. */
export async function compileHostFile(
  machine: Machine,
  path: string,
): Promise<Uint8Array | number> {
  const worker = startCompilerWorker();
  const encoder = new TextEncoder();
  // A name that begins like an option is a file's all the same.
  const source = path.startsWith("-") ? `./${path}` : path;
  const words = ["-g", source, "-o", "a.out"];
  const colour = process.stderr.isTTY ? CC_COLOUR : 0;
  let program: Uint8Array | undefined;
  let said: CcMessage[] = [
    message(CC_ARGUMENTS, 0, encoder.encode(words.map((word) => `${word}\0`).join(""))),
    message(CC_START, colour),
  ];
  try {
    for (;;) {
      const heard = await worker.turn(said);
      said = [];
      for (const { kind, argument, bytes } of heard) {
        if (kind === CC_PRINT) process.stderr.write(bytes);
        else if (kind === CC_READ) said = await readFor(machine, bytes);
        else if (kind === CC_WRITE) program = NOTHING;
        else if (kind === CC_DATA) program = Buffer.concat([program ?? NOTHING, bytes]);
        else if (kind === CC_END) said = [message(CC_DONE, 0)];
        else if (kind === CC_EXIT)
          return argument === 0 && program !== undefined ? program : argument;
      }
    }
  } finally {
    worker.terminate();
  }
}

function message(kind: number, argument: number, bytes: Uint8Array = NOTHING): CcMessage {
  return { kind, argument, bytes };
}

async function readFor(machine: Machine, path: Uint8Array): Promise<CcMessage[]> {
  const name = Buffer.from(path).toString();
  try {
    const bytes = IN_MACHINE.test(name)
      ? await machine.readFile(Buffer.from(path).toString("latin1"))
      : readFileSync(Buffer.from(path));
    return [message(CC_DATA, 0, bytes), message(CC_DONE, 0)];
  } catch (error) {
    return [message(CC_DONE, errnoOf(error))];
  }
}

function errnoOf(error: unknown): number {
  if (error instanceof MachineError) return error.errno;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const known = Object.entries(errnoTable).find(([name]) => name === code);
  return known?.[1][0] ?? EIO;
}
