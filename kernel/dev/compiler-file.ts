// /dev/cc: each open description is one compilation. The program and the compiler take turns; who it is follows from the last
// message that the program has read. Specification: kernel/abi/cc.ts, README.md.
//
//           CC_ARGUMENTS CC_START                    CC_DATA… CC_DONE
//    fresh ───────────────────────► compiler's ◄──────────────────────── asked (CC_READ was read)
//                                   turn       ◄──────────────────────── offered (CC_END was read)
//                                     │                CC_DONE
//                                     └► failed (EIO), ended (CC_EXIT was read)

import {
  CC_ARGUMENTS,
  CC_DATA,
  CC_DONE,
  CC_END,
  CC_EXIT,
  CC_HEADER_SIZE,
  CC_MAJOR,
  CC_MESSAGE_MAX,
  CC_READ,
  CC_START,
  type CcMessage,
} from "../abi/cc.ts";
import {
  E2BIG,
  EAGAIN,
  EBUSY,
  EFAULT,
  EFBIG,
  EINVAL,
  EIO,
  EMSGSIZE,
  ENODEV,
  EPIPE,
  EPROTO,
} from "../abi/errno.ts";
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDNORM, POLLWRNORM } from "../abi/process.ts";
import type { Caller } from "../fs/caller.ts";
import type { Dentry } from "../fs/dentry.ts";
import type { DeviceTable } from "../fs/device-table.ts";
import { File } from "../fs/file.ts";
import type { ByteSink, ByteSource } from "../lib/io.ts";
import type { Completions } from "../sched/completions.ts";
import type { Scheduler } from "../sched/scheduler.ts";
import { WaitQueue } from "../sched/wait-queue.ts";
import type { Compiler, CompilerSession } from "./compiler.ts";

/** Compilations under way at a time: each has a worker of the host. */
export const COMPILATIONS_MAX = 8;
/** Bytes that a program may send in one compilation, and that a turn may give. They lie outside of RAM. */
export const COMPILATION_BYTES_MAX = 32 << 20;

/** In virtual time a turn takes so many nanoseconds, and so many for each byte that has been said in it. */
const TURN_TIME = 200_000;
const BYTE_TIME = 20;

export interface CompilerServices {
  readonly compiler: Compiler;
  readonly completions: Completions;
  readonly scheduler: Pick<Scheduler, "wake">;
  readonly now: () => number;
  /** Hears why a compiler has failed. */
  readonly report: (text: string) => void;
}

/** What counts for all descriptions. */
interface Shared extends CompilerServices {
  running: number;
}

type State = "fresh" | "asked" | "offered" | "compiling" | "saying" | "ended" | "failed";

/** Kinds that a program may send in a state, and those that end its turn. */
const SAYABLE: Partial<Record<State, readonly number[]>> = {
  fresh: [CC_ARGUMENTS, CC_START],
  asked: [CC_DATA, CC_DONE],
  offered: [CC_DONE],
};

const scratch = new Uint8Array(CC_MESSAGE_MAX);
const view = new DataView(scratch.buffer);

class CompilerFile extends File {
  readonly #shared: Shared;
  #state: State = "fresh";
  #session: CompilerSession | undefined;
  /** What the program has said in this turn, and how many bytes in all. */
  #said: CcMessage[] = [];
  #sent = 0;
  /** What the compiler has said and the program has not read; of the first message `#offset` bytes have been read. */
  #heard: CcMessage[] = [];
  #offset = 0;
  /** Makes the machine forget the turn that is under way. */
  #forget: (() => void) | undefined;
  readonly #queue = new WaitQueue();
  readonly #queues = [this.#queue] as const;

  constructor(dentry: Dentry, flags: number, shared: Shared) {
    super(dentry, flags);
    this.#shared = shared;
  }

  override get seekable(): boolean {
    return false;
  }

  override mapObject(): number {
    return -ENODEV;
  }

  /** One message, whole. */
  override write(_caller: Caller, source: ByteSource): number {
    const refusal = this.#refusal();
    if (refusal !== 0) return refusal;
    const length = source.remaining;
    if (length < CC_HEADER_SIZE) return -EINVAL;
    if (length > CC_MESSAGE_MAX) return -EMSGSIZE;
    if (source.take(scratch, 0, length) < length) return -EFAULT;
    const kind = view.getUint32(0, true);
    if (SAYABLE[this.#state]?.includes(kind) !== true) return -EPROTO;
    if (kind !== CC_DONE && this.#sent + length > COMPILATION_BYTES_MAX)
      return kind === CC_DATA ? -EFBIG : -E2BIG;
    const endsTurn = kind === CC_START || kind === CC_DONE;
    if (kind === CC_START && this.#shared.running >= COMPILATIONS_MAX) return -EBUSY;
    this.#sent += length;
    this.#said.push({
      kind,
      argument: view.getUint32(4, true),
      bytes: scratch.slice(CC_HEADER_SIZE, length),
    });
    if (endsTurn) this.#compile();
    return length;
  }

  #refusal(): number {
    switch (this.#state) {
      case "compiling":
      case "saying":
        return -EBUSY;
      case "ended":
        return -EPIPE;
      case "failed":
        return -EIO;
      case "fresh":
      case "asked":
      case "offered":
        return 0;
    }
  }

  /** The compiler's turn: everything that was said is its. */
  #compile(): void {
    const { compiler, completions, now } = this.#shared;
    if (this.#session === undefined) {
      this.#session = compiler.open();
      this.#shared.running++;
    }
    const said = this.#said;
    this.#said = [];
    this.#state = "compiling";
    const bytes = said.reduce((sum, message) => sum + message.bytes.length, 0);
    this.#forget = completions.start(
      now() + TURN_TIME + BYTE_TIME * bytes,
      this.#session.turn(said),
      (heard) => this.#hear(heard),
      (error) => this.#fail(error.message),
      true,
    );
  }

  #hear(heard: readonly CcMessage[]): void {
    this.#forget = undefined;
    const bytes = heard.reduce((sum, message) => sum + message.bytes.length, 0);
    if (heard.length === 0) return this.#fail("it has said nothing");
    if (bytes > COMPILATION_BYTES_MAX) return this.#fail("it has said too much");
    this.#heard = [...heard];
    this.#offset = 0;
    this.#state = "saying";
    this.#shared.scheduler.wake(this.#queue);
  }

  #fail(reason: string): void {
    this.#forget = undefined;
    this.#state = "failed";
    this.#endSession();
    this.#shared.report(`/dev/cc: the compiler has failed: ${reason}`);
    this.#shared.scheduler.wake(this.#queue);
  }

  /** One message, or a piece of one that is longer than messages are; a buffer that is too small for it gets EINVAL. */
  override read(_caller: Caller, sink: ByteSink): number {
    if (this.#state === "failed") return -EIO;
    if (this.#state === "ended") return 0;
    const [message] = this.#heard;
    if (message === undefined) return -EAGAIN;
    const piece = message.bytes.subarray(
      this.#offset,
      this.#offset + CC_MESSAGE_MAX - CC_HEADER_SIZE,
    );
    const length = CC_HEADER_SIZE + piece.length;
    if (sink.remaining < length) return -EINVAL;
    view.setUint32(0, message.kind, true);
    view.setUint32(4, message.argument, true);
    scratch.set(piece, CC_HEADER_SIZE);
    if (sink.put(scratch, 0, length) < length) return -EFAULT;
    this.#offset += piece.length;
    if (this.#offset === message.bytes.length) this.#read(message);
    return length;
  }

  /** A message has been read to its end. */
  #read({ kind }: CcMessage): void {
    this.#heard.shift();
    this.#offset = 0;
    if (this.#heard.length > 0) return;
    if (kind === CC_READ) this.#state = "asked";
    else if (kind === CC_END) this.#state = "offered";
    else if (kind === CC_EXIT) {
      this.#state = "ended";
      this.#endSession();
    } else this.#fail("it has not said what it wants");
    // Who would like to write can.
    this.#shared.scheduler.wake(this.#queue);
  }

  override poll(): number {
    switch (this.#state) {
      case "compiling":
        return 0;
      case "saying":
        return POLLIN | POLLRDNORM;
      case "ended":
        return POLLIN | POLLRDNORM | POLLHUP;
      case "failed":
        return POLLIN | POLLRDNORM | POLLERR | POLLHUP;
      case "fresh":
      case "asked":
      case "offered":
        return POLLOUT | POLLWRNORM;
    }
  }

  override waitQueues(): readonly WaitQueue[] {
    return this.#queues;
  }

  #endSession(): void {
    if (this.#session === undefined) return;
    this.#session.close();
    this.#session = undefined;
    this.#shared.running--;
  }

  protected override close(): void {
    this.#forget?.();
    this.#endSession();
    this.#said = [];
    this.#heard = [];
  }
}

/** Gives /dev/cc its driver. */
export function registerCompiler(devices: DeviceTable, services: CompilerServices): void {
  const shared: Shared = { ...services, running: 0 };
  devices.register("cc", CC_MAJOR, 0, (dentry, flags) => new CompilerFile(dentry, flags, shared));
}
