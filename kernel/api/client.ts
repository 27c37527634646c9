// What the page, a lesson and a test may ask of the machine. The kernel worker implements it (kernel/boot); the page
// holds it through comlink and offers it as `window.vitrine` with `waitFor` on top (web/client).

import type { EventKind, MachineEvent } from "./events.ts";
import type {
  FileInfo,
  ForegroundInfo,
  FrameDetail,
  FrameGrid,
  MachineStatus,
  PageWalk,
  ProgramInfo,
  SlotDetail,
  Snapshot,
  SpaceInfo,
  SwapGrid,
} from "./snapshot.ts";

export interface MachineOptions {
  /** Bytes of RAM, a multiple of 4096, at least 1 MiB. */
  readonly ram: number;
  /** Bytes of swap, a multiple of 4096; 0 for none. */
  readonly swap: number;
  /** Makes the machine repeat itself exactly: virtual time, seeded randomness. Absent: real time. */
  readonly seed?: number;
  /** Size of the first terminal. */
  readonly rows: number;
  readonly columns: number;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status as a shell shows it: 128 + n for a signal. */
  readonly code: number;
}

export interface EventBatch {
  readonly events: readonly MachineEvent[];
  /** What to pass as `since` next time. */
  readonly next: number;
  /** True when the recorder's memory did not reach back to `since`. */
  readonly lost: boolean;
}

/** Gets bytes for a terminal. The page answers with `acknowledge`; a guest that writes waits when 64 KiB are not. */
export type OutputListener = (terminal: number, bytes: Uint8Array) => void;

export interface MachineClient {
  /** Puts the machine together and starts it. Output of all terminals goes to `output`, `notice` hears the kernel. */
  boot(
    options: MachineOptions,
    output: OutputListener,
    notice: (text: string) => void,
  ): Promise<void>;
  /** Runs `sh -c command` beside the terminals, on pipes, and waits for its end. Of each stream 16 MiB are kept; a program
   * that writes more gets SIGPIPE. What background jobs write after the end is not waited for. */
  run(command: string): Promise<RunResult>;
  /** Keys for a terminal, as the line discipline gets them. */
  input(terminal: number, bytes: Uint8Array): Promise<void>;
  acknowledge(terminal: number, count: number): Promise<void>;
  resize(terminal: number, rows: number, columns: number): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  status(): Promise<MachineStatus>;
  snapshot(): Promise<Snapshot>;
  grid(): Promise<FrameGrid>;
  frame(pfn: number): Promise<FrameDetail>;
  swapGrid(): Promise<SwapGrid>;
  /** One slot; a number that is no slot's gives a free one. */
  slot(slot: number): Promise<SlotDetail>;
  space(pid: number): Promise<SpaceInfo | null>;
  walk(pid: number, address: number): Promise<PageWalk | null>;
  /**
   * Begins recording if nobody did; gives what was recorded from sequence number `since` on. With `kinds` only events of
   * these, of which more are kept; who asks for some asks for the same ones each time.
   */
  events(since: number, kinds?: readonly EventKind[]): Promise<EventBatch>;
  stopEvents(): Promise<void>;
  /** Writes a file, making it executable when it begins with ELF's magic. Rejects with the errno's text. */
  upload(path: string, bytes: Uint8Array): Promise<void>;
  download(path: string): Promise<Uint8Array>;
  /** A file's kind, size and identity, symbolic links followed; null when there is none. */
  stat(path: string): Promise<FileInfo | null>;
  /** The names in a folder, sorted, without "." and ".."; null when there is no such folder. */
  list(path: string): Promise<readonly string[] | null>;
  /** The programs of all processes that have one. */
  programs(): Promise<readonly ProgramInfo[]>;
  /** Who has the keyboard of a terminal; null when nobody does. */
  foreground(terminal: number): Promise<ForegroundInfo | null>;
}
