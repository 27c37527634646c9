// The machine behind the interface that the page holds (kernel/api/client.ts). Host-neutral: the kernel worker exposes
// it through comlink, tests call it directly.

import type { EventKind } from "../api/events.ts";
import type {
  EventBatch,
  MachineClient,
  MachineOptions,
  OutputListener,
  RunResult,
} from "../api/client.ts";
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
} from "../api/snapshot.ts";
import type { SwapStore } from "../mm/swap/store.ts";
import { EventRecorder } from "./event-recorder.ts";
import type { Host } from "./host.ts";
import { HostOutput } from "./kernel-tasks.ts";
import { guestText, Machine, type MachineParts, shellStatus } from "./machine.ts";
import { batchOutput } from "./output-batch.ts";

export interface ClientParts {
  readonly host: Host;
  /** Loads the part of the root image that a shell's prompt needs. */
  readonly loadCore: () => Promise<Uint8Array>;
  /** Loads the rest of it; undefined when the core is everything. */
  readonly loadRest?: () => Promise<Uint8Array>;
  /** Gives the machine a device that nobody needs before the whole image is there. */
  readonly attachLater?: (machine: Machine) => Promise<void>;
  /** Opens the store that swapped pages go to. */
  readonly openSwap: () => Promise<SwapStore>;
  /** Test only: what a machine does at random (machine.ts). */
  readonly random?: Pick<MachineParts, "chaosSeed" | "squeezeSeed">;
}

/** What `run` keeps of each stream; a program that writes more gets SIGPIPE, as from `| head`. */
const RUN_OUTPUT_MAX = 16 * 1024 * 1024;

export class LocalMachine implements MachineClient {
  readonly #parts: ClientParts;
  #machine: Machine | undefined;
  /** By the kinds that each records. */
  readonly #recorders = new Map<string, EventRecorder>();
  /** Settles when the whole kernel and image are there: nothing that could notice half of them runs before. */
  #complete: Promise<void> = Promise.resolve();
  #openStore: () => void = () => {};

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** The machine itself, for tests. Throws before `boot`. */
  get machine(): Machine {
    if (this.#machine === undefined) throw new Error("the machine has not been booted");
    return this.#machine;
  }

  async boot(
    options: MachineOptions,
    output: OutputListener,
    notice: (text: string) => void,
  ): Promise<void> {
    if (this.#machine !== undefined) throw new Error("the machine has been booted already");
    const image = await this.#parts.loadCore();
    const seed = options.seed === undefined ? {} : { seed: options.seed };
    const { openSwap, host, random } = this.#parts;
    // The prompt comes first; a page that must go out before waits for its store.
    const opened = new Promise<void>((begin) => {
      this.#openStore = begin;
    });
    const swap =
      options.swap === 0 ? {} : { swap: { bytes: options.swap, store: opened.then(openSwap) } };
    const machine = new Machine({
      ramBytes: options.ram,
      image,
      host,
      ...swap,
      ...seed,
      ...random,
    });
    this.#machine = machine;
    machine.kernel.log.onWrite = ({ text }) => notice(text);
    const terminal = machine.openTerminal(options.rows, options.columns);
    terminal.onOutput(batchOutput(this.#parts.host, (bytes) => output(terminal.id, bytes)));
    const { loadRest, attachLater } = this.#parts;
    if (loadRest === undefined) {
      void machine.start();
      this.#openStore();
      await attachLater?.(machine);
      return;
    }
    const code = machine.startEarly();
    const files = loadRest().then((rest) => machine.do(() => machine.addImage(rest)));
    this.#complete = Promise.all([code, files, attachLater?.(machine)]).then(() => {});
    void this.#complete.finally(this.#openStore).catch(() => {});
    // Whoever waits for it hears of a failure; the terminal says so in any case.
    this.#complete.catch((error: unknown) =>
      notice(`the rest of the machine could not be loaded: ${String(error)}`),
    );
  }

  async run(command: string): Promise<RunResult> {
    const machine = this.machine;
    await this.#complete;
    const collected: [Uint8Array[], Uint8Array[]] = [[], []];
    const [stdout, stderr] = collected.map(
      (chunks) =>
        new HostOutput(machine.kernel, (bytes) => chunks.push(bytes), Infinity, RUN_OUTPUT_MAX),
    );
    if (stdout === undefined || stderr === undefined)
      throw new Error("unreachable: two streams were made");
    const status = await machine.runProgram(
      { path: "/bin/sh", argv: ["sh", "-c", guestText(command)] },
      { input: undefined, stdout, stderr },
    );
    return {
      stdout: textOf(collected[0]),
      stderr: textOf(collected[1]),
      code: shellStatus(status),
    };
  }

  async input(terminal: number, bytes: Uint8Array): Promise<void> {
    await this.#complete;
    await this.#on(terminal, (found) => found.input(bytes));
  }

  async acknowledge(terminal: number, count: number): Promise<void> {
    await this.#on(terminal, (found) => found.acknowledge(count));
  }

  async resize(terminal: number, rows: number, columns: number): Promise<void> {
    await this.#on(terminal, (found) => found.resize(rows, columns));
  }

  /** Between two slices, and at once when nothing runs or ever will. */
  async #on(
    terminal: number,
    action: (terminal: Machine["terminals"][number]) => void,
  ): Promise<void> {
    const found = this.machine.terminals[terminal];
    if (found === undefined) throw new RangeError(`there is no terminal ${terminal}`);
    await this.machine.do(() => action(found));
  }

  async pause(): Promise<void> {
    await this.machine.do(() => this.machine.loop.pause());
  }

  async resume(): Promise<void> {
    this.machine.loop.resume();
  }

  // What follows only looks, so it need not wait for the loop: between two turns of the event loop the state is whole.

  async status(): Promise<MachineStatus> {
    const { machineStatus } = await import("../probe/snapshot.ts");
    return machineStatus(this.machine.kernel, this.#condition());
  }

  async snapshot(): Promise<Snapshot> {
    const { machineSnapshot } = await import("../probe/snapshot.ts");
    return machineSnapshot(this.machine.kernel, this.#condition());
  }

  async grid(): Promise<FrameGrid> {
    const { frameGrid } = await import("../probe/frames.ts");
    return frameGrid(this.machine.kernel);
  }

  async frame(pfn: number): Promise<FrameDetail> {
    const { frameDetail } = await import("../probe/frames.ts");
    return frameDetail(this.machine.kernel, pfn);
  }

  async swapGrid(): Promise<SwapGrid> {
    const { swapGrid } = await import("../probe/swap.ts");
    return swapGrid(this.machine.kernel);
  }

  async slot(slot: number): Promise<SlotDetail> {
    const { slotDetail } = await import("../probe/swap.ts");
    return slotDetail(this.machine.kernel, slot);
  }

  async space(pid: number): Promise<SpaceInfo | null> {
    const { spaceInfo } = await import("../probe/spaces.ts");
    return spaceInfo(this.machine.kernel, pid);
  }

  async walk(pid: number, address: number): Promise<PageWalk | null> {
    const { pageWalk } = await import("../probe/spaces.ts");
    return pageWalk(this.machine.kernel, pid, address);
  }

  async events(since: number, kinds?: readonly EventKind[]): Promise<EventBatch> {
    const { events } = this.machine.kernel;
    const key = kinds === undefined ? "" : kinds.toSorted().join();
    let recorder = this.#recorders.get(key);
    if (recorder === undefined) {
      recorder = new EventRecorder(events, kinds);
      this.#recorders.set(key, recorder);
    }
    recorder.start();
    return recorder.take(since);
  }

  async stopEvents(): Promise<void> {
    for (const recorder of this.#recorders.values()) recorder.stop();
    this.#recorders.clear();
  }

  async upload(path: string, bytes: Uint8Array): Promise<void> {
    await this.#complete;
    await this.machine.writeFile(guestText(path), bytes);
  }

  async download(path: string): Promise<Uint8Array> {
    await this.#complete;
    return this.machine.readFile(guestText(path));
  }

  async stat(path: string): Promise<FileInfo | null> {
    await this.#complete;
    const { fileInfo } = await import("../probe/files.ts");
    return fileInfo(this.machine.kernel, guestText(path));
  }

  async list(path: string): Promise<readonly string[] | null> {
    await this.#complete;
    const { namesIn } = await import("../probe/files.ts");
    return namesIn(this.machine.kernel, guestText(path));
  }

  async programs(): Promise<readonly ProgramInfo[]> {
    const { runningPrograms } = await import("../probe/files.ts");
    return runningPrograms(this.machine.kernel);
  }

  async foreground(terminal: number): Promise<ForegroundInfo | null> {
    const { foregroundOf } = await import("../probe/files.ts");
    const found = this.machine.terminals[terminal];
    if (found === undefined) throw new RangeError(`there is no terminal ${terminal}`);
    return foregroundOf(this.machine.kernel, found.pair.tty.foreground);
  }

  #condition(): { readonly paused: boolean; readonly panic: string | null } {
    return { paused: this.machine.loop.paused, panic: this.machine.panic };
  }
}

function textOf(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}
