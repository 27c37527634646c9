// One compilation for a program of the guest that has /dev/cc open: the requests of the driver as messages, turn by turn.
// Specification: kernel/abi/cc.ts.

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
} from "../../../../kernel/abi/cc.ts";
import {
  EFBIG,
  EISDIR,
  ENAMETOOLONG,
  ENOENT,
  ENOTDIR,
  errnoTable,
} from "../../../../kernel/abi/errno.ts";
import { PATH_MAX } from "../../../../kernel/abi/fcntl.ts";
import { commandSteps, type CommandSteps } from "../command.ts";
import type { CommandAnswer, CommandRequest, Installation } from "../session.ts";
import type { ReadAnswer } from "../files-read.ts";
import { GUEST_HEADERS, GUEST_LIBRARIES, VERSION } from "../installed.ts";
import { bytesOfText, textOfBytes } from "../../source/byte-text.ts";

/** A result that has more bytes is not handed over. */
const RESULT_MAX = 24 << 20;
/** As gcc's: the compiler itself has failed. */
const INTERNAL_ERROR = 4;

const NOTHING = new Uint8Array();

export interface GuestCompilation {
  /** What was said in the program's turn; gives what is said in this one. Throws an Error when that makes no sense. */
  turn(messages: readonly CcMessage[]): CcMessage[];
}

export function createGuestCompilation(): GuestCompilation {
  let steps: CommandSteps | undefined;
  let pending: CommandRequest | undefined;

  /** Goes on with this answer, to the next request that must be answered or to the end. */
  function proceed(running: CommandSteps, first: CommandAnswer, out: CcMessage[]): CcMessage[] {
    let answer = first;
    for (;;) {
      const { done, value } = running.next(answer);
      if (done) {
        out.push({ kind: CC_EXIT, argument: value, bytes: NOTHING });
        return out;
      }
      answer = ask(value, out);
      if (answer !== "asked") continue;
      pending = value;
      return out;
    }
  }

  return {
    turn(messages) {
      if (steps === undefined) {
        const start = messages.at(-1);
        if (start?.kind !== CC_START) throw new Error("a compilation must be started");
        const words = wordsOf(bytesOf(messages, CC_ARGUMENTS));
        steps = commandSteps(words, installation((start.argument & CC_COLOUR) !== 0));
        return guarded(steps, (running, out) => proceed(running, undefined, out));
      }
      const answer = answerOf(pending, messages);
      pending = undefined;
      return guarded(steps, (running, out) => proceed(running, answer, out));
    },
  };
}

function installation(colour: boolean): Installation {
  return {
    headerFolders: [GUEST_HEADERS],
    libraries: [`${GUEST_LIBRARIES}/libc.a`],
    libraryFolders: [GUEST_LIBRARIES],
    version: VERSION,
    colour,
  };
}

/** An exception is a mistake of the compiler: a person hears of it, and the worker lives on. */
function guarded(
  steps: CommandSteps,
  work: (steps: CommandSteps, out: CcMessage[]) => CcMessage[],
): CcMessage[] {
  const out: CcMessage[] = [];
  try {
    return work(steps, out);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    out.push(print(2, `cc: internal error: ${why}\n`));
    out.push({ kind: CC_EXIT, argument: INTERNAL_ERROR, bytes: NOTHING });
    return out;
  }
}

function print(descriptor: 1 | 2, text: string): CcMessage {
  return { kind: CC_PRINT, argument: descriptor, bytes: bytesOfText(text) };
}

/** Says what the driver wants: "asked" when an answer must come, otherwise the answer. */
function ask(request: CommandRequest, out: CcMessage[]): CommandAnswer {
  switch (request.kind) {
    case "output":
    case "messages":
      if (request.text !== "") out.push(print(request.kind === "output" ? 1 : 2, request.text));
      return undefined;
    case "read": {
      const { path } = request;
      const bytes = bytesOfText(path);
      if (bytes.length >= PATH_MAX) return unreadable(ENAMETOOLONG);
      if (path === "" || bytes.includes(0)) return unreadable(ENOENT);
      const isStandardInput = path === "-";
      out.push({ kind: CC_READ, argument: isStandardInput ? 1 : 0, bytes });
      return "asked";
    }
    case "write": {
      const path = bytesOfText(request.path);
      if (path.length >= PATH_MAX) return problemOf(ENAMETOOLONG);
      if (request.bytes.length > RESULT_MAX) return problemOf(EFBIG);
      out.push({ kind: CC_WRITE, argument: request.isProgram ? 0o777 : 0o666, bytes: path });
      out.push({ kind: CC_DATA, argument: 0, bytes: request.bytes });
      out.push({ kind: CC_END, argument: 0, bytes: NOTHING });
      return "asked";
    }
  }
}

function answerOf(
  request: CommandRequest | undefined,
  messages: readonly CcMessage[],
): CommandAnswer {
  const done = messages.at(-1);
  if (request === undefined || done?.kind !== CC_DONE) throw new Error("nothing was asked");
  const error = done.argument;
  if (request.kind === "read") return error === 0 ? bytesOf(messages, CC_DATA) : unreadable(error);
  return error === 0 ? undefined : problemOf(error);
}

function unreadable(error: number): ReadAnswer {
  const isMissing = error === ENOENT || error === ENOTDIR || error === EISDIR;
  return { problem: problemOf(error), isMissing };
}

/** The text of an error number, as strerror(3) has it. */
function problemOf(error: number): string {
  const known = Object.values(errnoTable).find(([number]) => number === error);
  return known?.[1] ?? `Unknown error ${error}`;
}

function bytesOf(messages: readonly CcMessage[], kind: number): Uint8Array {
  const pieces = messages.filter((message) => message.kind === kind);
  const all = new Uint8Array(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of pieces) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}

/** Words that each end with a NUL. */
function wordsOf(bytes: Uint8Array): string[] {
  const words: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at);
    const behind = end < 0 ? bytes.length : end;
    words.push(textOfBytes(bytes.subarray(at, behind)));
    at = behind + 1;
  }
  return words;
}
