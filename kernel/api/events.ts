// The machine's one stream of events: everything worth seeing, in order. Panels, lessons and tests all read this stream.
//
// Inside the kernel an event is a row of numbers in a ring (kernel/lib/event-stream.ts), so that recording one costs a
// few stores and not listening costs a flag test. `decodeEvent` turns a row into the typed object that listeners see.

import { type FrameKind, frameKindNames } from "./frames.ts";

/** The fields of each kind of event after `time` and `pid`. A field named in `textFields` holds a text, one in `enumNames`
 * a name; all others are plain numbers (addresses and sizes in bytes, frames as PFNs, -1 for none). */
export const eventTable = {
  /** A page fault was handled. `frame`: the frame now mapped; `from`: the frame it was copied from; `pc`: the instruction
   * that did it, a system call's for memory that the kernel touched in it, -1 when another process did. */
  fault: ["address", "access", "outcome", "frame", "from", "pc"],
  map: ["start", "end", "prot", "flags"],
  unmap: ["start", "end"],
  protect: ["start", "end", "prot"],
  brk: ["old", "new"],
  /** A frame left the free list, or went back; `use`: what it is for, or was. */
  "frame-alloc": ["frame", "use"],
  "frame-free": ["frame", "use"],
  /** Another page-table entry maps the frame; `mappings` counts them. */
  "frame-share": ["frame", "address", "mappings"],
  /** Translations were dropped: one page, or all of the space's (`address` -1). */
  "tlb-flush": ["address"],
  fork: ["child"],
  /** `path` is the program's as it was called, `file` where its file is; `device`, `inode` and `changed` (nanoseconds since
   * 1970) tell whether that is still the same file. */
  exec: ["path", "file", "device", "inode", "changed"],
  exit: ["status"],
  /** A signal was delivered (`action`: what it did). */
  signal: ["signal", "code", "address", "action"],
  /** A system call came back. Its arguments as far as numbers show them. */
  syscall: ["number", "result", "a0", "a1", "a2", "a3"],
  /** The hart went from one thread to another; `pid` is the one that runs now. */
  switch: ["tid", "previous"],
  /** The out-of-memory killer chose `pid`. */
  oom: ["pages"],
  /** A page lost its frame's mappings. `slot`: where its bytes will be found, -1 for a clean page of a file; `address`:
   * where one process had it, -1 when nobody mapped it. `pid` is that process, 0 for none. */
  evict: ["frame", "slot", "address"],
  /** A cluster of pages went to the store (`pages` of them, the folded ones included), or could not (`failed` 1). */
  "swap-write": ["cluster", "pages", "failed"],
  /** A cluster was read from the store; `pages` of it went into frames. */
  "swap-read": ["cluster", "pages", "failed"],
  /** A page's bytes are in a frame again; `wanted` 1 when somebody waits for it, 0 for a neighbour. */
  "swap-in": ["frame", "slot", "wanted"],
} as const satisfies Record<string, readonly string[]>;

export type EventKind = keyof typeof eventTable;

export const eventKinds = Object.keys(eventTable) as EventKind[];

/** The numbers of the kinds in the ring, by their place in the table. */
export const EV_FAULT = 0;
export const EV_MAP = 1;
export const EV_UNMAP = 2;
export const EV_PROTECT = 3;
export const EV_BRK = 4;
export const EV_FRAME_ALLOC = 5;
export const EV_FRAME_FREE = 6;
export const EV_FRAME_SHARE = 7;
export const EV_TLB_FLUSH = 8;
export const EV_FORK = 9;
export const EV_EXEC = 10;
export const EV_EXIT = 11;
export const EV_SIGNAL = 12;
export const EV_SYSCALL = 13;
export const EV_SWITCH = 14;
export const EV_OOM = 15;
export const EV_EVICT = 16;
export const EV_SWAP_WRITE = 17;
export const EV_SWAP_READ = 18;
export const EV_SWAP_IN = 19;

export const accessNames = ["read", "write", "execute"] as const;
export type Access = (typeof accessNames)[number];

/** How a fault ended. The first group mapped a page; `spurious` found nothing left to do; the next sent a signal or
 * found no frame; of the last, the first two mapped a page that was swapped out, `wait` put the thread to sleep until the
 * page or a frame is there (another fault follows), and `io-error` sent SIGBUS because storage failed. */
export const faultOutcomes = [
  "zero",
  "file",
  "shared",
  "copy",
  "reuse",
  "spurious",
  "unmapped",
  "forbidden",
  "beyond-end",
  "no-memory",
  "swap-in",
  "swap-cache",
  "wait",
  "io-error",
] as const;
export type FaultOutcome = (typeof faultOutcomes)[number];
/** First touch of private anonymous memory: a new frame of zeros. */
export const OUTCOME_ZERO = 0;
/** A page-cache frame was mapped. */
export const OUTCOME_FILE = 1;
/** A frame of shared memory was mapped. */
export const OUTCOME_SHARED = 2;
/** Copy-on-write made a private copy. */
export const OUTCOME_COPY = 3;
/** Copy-on-write found that nobody else has the frame any more: it is writable again without a copy. */
export const OUTCOME_REUSE = 4;
export const OUTCOME_SPURIOUS = 5;
/** SIGSEGV, SEGV_MAPERR. */
export const OUTCOME_UNMAPPED = 6;
/** SIGSEGV, SEGV_ACCERR. */
export const OUTCOME_FORBIDDEN = 7;
/** SIGBUS, BUS_ADRERR. */
export const OUTCOME_BEYOND_END = 8;
export const OUTCOME_NO_MEMORY = 9;
/** The page had to be read from the swap store: a major fault. */
export const OUTCOME_SWAP_IN = 10;
/** The page had been swapped out, but a frame still, or already, held its bytes. */
export const OUTCOME_SWAP_CACHE = 11;
/** The thread sleeps until the read or a free frame is there, and the instruction runs again. */
export const OUTCOME_WAIT = 12;
/** SIGBUS: the store could not give the page back. */
export const OUTCOME_IO_ERROR = 13;

export const signalActions = ["ignored", "handled", "terminated", "stopped", "continued"] as const;
export type SignalAction = (typeof signalActions)[number];

const textFields = ["path", "file"] as const;
type TextField = (typeof textFields)[number];
type EnumField = { access: Access; outcome: FaultOutcome; action: SignalAction; use: FrameKind };

type FieldValue<Name extends string> = Name extends TextField
  ? string
  : Name extends keyof EnumField
    ? EnumField[Name]
    : number;

/** One event as listeners see it. `time` is the machine's time in nanoseconds, `sequence` counts all events. */
export type MachineEvent = {
  [Kind in EventKind]: { kind: Kind; sequence: number; time: number; pid: number } & {
    [Name in (typeof eventTable)[Kind][number]]: FieldValue<Name>;
  };
}[EventKind];

/** Where the fields begin in a row: after sequence, time, kind and pid. */
const FIELDS_AT = 4;

const enumNames: Readonly<Record<string, readonly string[]>> = {
  access: accessNames,
  outcome: faultOutcomes,
  action: signalActions,
  use: frameKindNames,
};

/** Turns the row that begins at `rows[at]` into an object. `texts` resolves interned strings. */
export function decodeEvent(
  rows: Float64Array,
  at: number,
  texts: readonly string[],
): MachineEvent {
  const kind = eventKinds[rows[at + 2] ?? 0] ?? "fault";
  const event: Record<string, unknown> = {
    kind,
    sequence: rows[at],
    time: rows[at + 1],
    pid: rows[at + 3],
  };
  eventTable[kind].forEach((name, index) => {
    const value = rows[at + FIELDS_AT + index] ?? 0;
    const names = enumNames[name];
    const isText = textFields.some((field) => field === name);
    event[name] = isText
      ? (texts[value] ?? "")
      : names === undefined
        ? value
        : (names[value] ?? "");
  });
  // The table above is what the type is computed from, so the object has exactly the kind's fields.
  return event as unknown as MachineEvent;
}
