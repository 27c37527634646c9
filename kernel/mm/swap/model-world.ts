// A small world of processes on a machine with swap, and beside it what each page must hold, byte by byte. Somebody picks
// what happens next (model-actions.ts); it happens to both, and they are compared. Pages are compared where they
// are: in frames, in the store, or as zeros; so a page that went wrong is found at once, and looking disturbs nothing.
//
// Nothing here waits by itself: a thread whose work must wait keeps it, and does it again when it is picked after its
// wake. So everything interleaves: a page is unmapped while it is read, its owner exits, its slot is somebody else's.

import { MAP_ANONYMOUS, MAP_FIXED, MAP_PRIVATE, PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import { panic } from "../../lib/panic.ts";
import type { Task } from "../../sched/task.ts";
import type { AddressSpace } from "../address-space.ts";
import { FAULT_ACCERR, FAULT_BUS, FAULT_IO, FAULT_MAPERR } from "../fault-result.ts";
import { InodeObject } from "../inode-object.ts";
import type { MemoryObject } from "../memory-object.ts";
import { PTE_PRESENT } from "../page-entry.ts";
import { ShmemObject } from "../shmem-object.ts";
import type { FrameWait } from "../stall.ts";
import { swapError } from "./cluster.ts";
import { type SwapMachine, swapMachine } from "./fixture.ts";

/** Pages of the window that everything happens in; it crosses a border of leaf tables. */
export const PAGES = 40;
export const BASE = 0x10000000 - 15 * 4096;
export const FILE_PAGES = 16;
const MOST_LIVES = 5;
/** Threads of each process: what one waits for another may unmap. */
const THREADS = 2;
/** Nothing may take so many answers of storage. */
const MOST_TURNS = 10_000;

export const ZEROS = new Uint8Array(4096);

/** The bytes of a page. They are replaced, never changed, so that copies can share them. */
export type PageBytes = Uint8Array;

export interface ModelObject {
  /** Undefined: MAP_SHARED|MAP_ANONYMOUS, whose object only the areas know. */
  readonly object: MemoryObject | undefined;
  readonly pages: Map<number, PageBytes>;
  size: number;
  readonly fill: (index: number) => PageBytes;
  /** Pages of which a part was cut off, perhaps while they were swapped out: what is stored has more than counts. */
  readonly cut: Set<number>;
}

export interface ModelPage {
  prot: number;
  readonly shared: boolean;
  readonly source: ModelObject | undefined;
  readonly index: number;
  /** The private page, if it has been written. */
  own: PageBytes | undefined;
}

/** Does some work. False: it must wait (`mm.stall`), and then be done again. */
export type Work = () => boolean;

interface Thread {
  work: Work | undefined;
  wait: Task | undefined;
  readonly frameWait: FrameWait;
}

function newThread(work?: Work): Thread {
  return { work, wait: undefined, frameWait: { since: Infinity } };
}

export interface Life {
  readonly space: AddressSpace;
  readonly pages: (ModelPage | undefined)[];
  readonly threads: readonly Thread[];
  /** The out-of-memory killer has chosen it. */
  killed: boolean;
}

export interface WorldOptions {
  readonly frames: number;
  readonly slots: number;
  readonly realTime: boolean;
  /** The background reclaimer runs. */
  readonly background: boolean;
  /** Reads may fail for good, so that pages are lost. */
  readonly loses: boolean;
}

export function expect(holds: boolean, otherwise: string, ...details: readonly unknown[]): void {
  if (!holds) panic(otherwise, ...details);
}

export function withBytes(page: PageBytes, at: number, bytes: Uint8Array): PageBytes {
  const copy = page.slice();
  copy.set(bytes, at);
  return copy;
}

/** What page `index` of the image file is full of. */
function imageBytes(index: number): PageBytes {
  return new Uint8Array(4096).fill(index + 100);
}

function modelObject(
  object: MemoryObject | undefined,
  pages: number,
  fill: (index: number) => PageBytes = () => ZEROS,
): ModelObject {
  return { object, pages: new Map(), size: pages * 4096, fill, cut: new Set() };
}

export class World {
  readonly machine: SwapMachine;
  readonly lives: Life[] = [];
  /** A file of a tmpfs, and one of the image. */
  readonly file: ModelObject;
  readonly image: ModelObject;
  readonly options: WorldOptions;
  /** What storage has been asked for and has not begun to answer. */
  readonly #gates: (() => void)[] = [];
  /** Who is in swapoff(2). */
  #swapping: Thread | undefined;
  /** Whose work is under way. */
  #running: Thread | undefined;
  #pids = 0;
  #writesToFail = 0;
  #readsToFail = 0;
  /** Failed writes say that there is no more room. */
  #isFull = false;
  /** Reads of each cluster that have failed. */
  readonly #failedReads = new Map<number, number>();

  constructor(options: WorldOptions) {
    this.options = options;
    this.machine = swapMachine(options);
    const { mm } = this.machine;
    if (options.background) this.machine.startBackground();
    this.#spoilStore();
    mm.setOomHandler({
      caller: () => this.#running && { space: undefined, frameWait: this.#running.frameWait },
      candidates: () =>
        this.lives.map(({ space }) => {
          return { pid: space.pid, name: "life", space, immune: false, adjustment: 0 };
        }),
      kill: (pid) => {
        const victim = this.lives.find(({ space }) => space.pid === pid);
        if (victim !== undefined) victim.killed = true;
      },
    });
    this.file = modelObject(new ShmemObject(mm, "/tmp/file", FILE_PAGES * 4096), FILE_PAGES);
    const image = new InodeObject(mm, "/bin/file", FILE_PAGES * 4096, (index, into, offset) => {
      into.set(imageBytes(index), offset);
      return 4096;
    });
    this.image = modelObject(image, FILE_PAGES, imageBytes);
    this.#begin();
  }

  /** The store answers when it is told to, and fails when it is told to. */
  #spoilStore(): void {
    const { store } = this.machine;
    // Nobody waits for removals, so they have no gates.
    store.delay = (operation) =>
      new Promise((resolve) => {
        if (operation === "remove") resolve();
        else this.#gates.push(resolve);
      });
    store.failWrites = () => {
      if (this.#writesToFail <= 0) return undefined;
      this.#writesToFail--;
      return swapError(this.#isFull ? "QuotaExceededError" : "AbortError", "ordered by the test");
    };
    store.failReads = (key) => {
      const failed = this.#failedReads.get(key) ?? 0;
      if (failed === 0 && this.#readsToFail <= 0) return undefined;
      if (failed === 0) this.#readsToFail--;
      // Failing twice is once less than it takes to lose a page.
      if (!this.options.loses && failed >= 2) return undefined;
      this.#failedReads.set(key, failed + 1);
      return swapError("DataError", "ordered by the test");
    };
  }

  failWrites(count: number, isFull: boolean): void {
    this.#writesToFail = count;
    this.#isFull = isFull;
  }

  failReads(count: number): void {
    this.#readsToFail = count;
  }

  // Processes.

  /** A process with memory of its own. */
  #begin(): void {
    const space = this.machine.space(++this.#pids);
    const prot = PROT_READ | PROT_WRITE;
    const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    space.map({ addr: BASE, length: PAGES * 4096, prot, flags });
    const pages = Array.from({ length: PAGES }, (_, index): ModelPage => {
      return { prot, shared: false, source: undefined, index, own: undefined };
    });
    this.#addLife(space, pages);
  }

  #addLife(space: AddressSpace, pages: (ModelPage | undefined)[]): void {
    const threads = Array.from({ length: THREADS }, () => newThread());
    this.lives.push({ space, pages, threads, killed: false });
  }

  get isCrowded(): boolean {
    return this.lives.length >= MOST_LIVES;
  }

  /** Forks; what fork(2)'s space says. */
  fork(life: Life): AddressSpace | number {
    const space = life.space.fork(this.#pids + 1);
    if (typeof space === "number") return space;
    this.#pids++;
    this.#addLife(
      space,
      life.pages.map((page) => (page === undefined ? undefined : { ...page })),
    );
    return space;
  }

  /** The end of a process; somebody is always left. */
  exit(life: Life): void {
    for (const { wait } of life.threads) if (wait !== undefined) this.machine.scheduler.exit(wait);
    life.space.release();
    this.lives.splice(this.lives.indexOf(life), 1);
    if (this.lives.length === 0) this.#begin();
  }

  // What there should be.

  contents(page: ModelPage): PageBytes {
    if (page.own !== undefined) return page.own;
    const { source, index } = page;
    return source === undefined ? ZEROS : (source.pages.get(index) ?? source.fill(index));
  }

  /** How an access that needs `prot` ends: 0, or minus the FaultResult. */
  expected(life: Life, index: number, prot: number): number {
    const page = life.pages[index];
    if (page === undefined) return -FAULT_MAPERR;
    if ((page.prot & prot) === 0) return -FAULT_ACCERR;
    if (page.source !== undefined && page.index * 4096 >= page.source.size) return -FAULT_BUS;
    return this.#isLost(life, index) ? -FAULT_IO : 0;
  }

  write(page: ModelPage, at: number, bytes: Uint8Array): void {
    const changed = withBytes(this.contents(page), at, bytes);
    if (page.shared && page.source !== undefined) page.source.pages.set(page.index, changed);
    else page.own = changed;
  }

  /** A new object behind shared anonymous memory. */
  sharedMemory(pages: number): ModelObject {
    return modelObject(undefined, pages);
  }

  // What there is.

  /** Whether the store has lost the page; only the machine knows. */
  #isLost(life: Life, index: number): boolean {
    const { area } = this.machine.mm.swap;
    const va = BASE + index * 4096;
    const entry = life.space.pageEntry(va);
    if (entry !== 0) return (entry & PTE_PRESENT) === 0 && area.isLost(entry >>> 10);
    const vma = life.space.find(va);
    const slot = vma?.object?.slotOf(vma.indexOf(va)) ?? -1;
    return slot >= 0 && area.isLost(slot);
  }

  #frameBytes(pfn: number): PageBytes {
    return this.machine.cpu.ram.u8.subarray(pfn * 4096, (pfn + 1) * 4096);
  }

  /** The bytes of a page that is swapped out; undefined when the store has lost it. */
  #slotBytes(slot: number): PageBytes | undefined {
    const { swap } = this.machine.mm;
    const { area } = swap;
    if (swap.isAtHand(slot)) return this.#frameBytes(area.frame[slot] ?? -1);
    if (area.isZeros(slot)) return ZEROS;
    if (area.isLost(slot)) return undefined;
    const cluster = area.clusterOf(slot) ?? panic("a slot has no bytes", slot);
    const bytes = this.machine.store.clusters.get(cluster.key);
    if (bytes === undefined) panic("a cluster is not in the store", cluster.key);
    const at = area.placeOf(slot) * 4096;
    return bytes.subarray(at, at + 4096);
  }

  #compare(found: PageBytes | undefined, wanted: PageBytes, where: string): void {
    if (found === undefined) expect(this.options.loses, `${where} is lost`);
    else expectBytes(found, wanted, where);
  }

  /** Compares every page of every process and file, wherever it is. */
  comparePages(): void {
    for (const life of this.lives) {
      if (life.killed) continue;
      const { space, pages } = life;
      for (let index = 0; index < PAGES; index++) {
        const entry = space.pageEntry(BASE + index * 4096);
        const page = pages[index];
        if (entry === 0) {
          expect(page?.own === undefined, "a page has gone", space.pid, index);
          continue;
        }
        if (page === undefined) panic("a page without an area", space.pid, index);
        const isPresent = (entry & PTE_PRESENT) !== 0;
        const found = isPresent ? this.#frameBytes(entry >>> 10) : this.#slotBytes(entry >>> 10);
        this.#compare(found, this.contents(page), `page ${index} of process ${space.pid}`);
      }
    }
    this.#compareObject(this.file);
    this.#compareObject(this.image);
  }

  #compareObject(model: ModelObject): void {
    const { object } = model;
    if (object === undefined) return;
    for (const [index, entry] of object.cachedPages()) {
      const where = `page ${index} of ${object.name}`;
      const wanted = model.pages.get(index) ?? model.fill(index);
      if (entry >= 0) {
        model.cut.delete(index);
        this.#compare(this.#frameBytes(entry), wanted, where);
      } else if (!model.cut.has(index)) {
        this.#compare(this.#slotBytes(~entry), wanted, where);
      }
    }
    for (const [index, wanted] of model.pages) {
      if (!object.hasPage(index)) expectBytes(ZEROS, wanted, `hole ${index} of ${object.name}`);
    }
  }

  // How it goes on.

  /** Gives a thread of a process something to do, or lets it go on with what it does. */
  act(life: Life, which: number, make: () => Work): void {
    const thread = life.threads[which % THREADS];
    if (thread === undefined) return;
    thread.work ??= make();
    this.#run(thread, life);
    this.#buryKilled();
  }

  /** One task of its own, which is in swapoff(2). */
  actOnSwap(make: () => Work): void {
    if (this.#swapping?.work !== undefined) return;
    this.#swapping = newThread(make());
    this.#run(this.#swapping);
  }

  #run(thread: Thread, life?: Life): void {
    const { mm, scheduler } = this.machine;
    const { work, wait } = thread;
    if (work === undefined || wait?.state === "sleeping" || life?.killed === true) return;
    if (wait !== undefined) scheduler.exit(wait);
    thread.wait = undefined;
    mm.stall = null;
    this.#running = thread;
    const isOver = work();
    this.#running = undefined;
    if (isOver) {
      thread.work = undefined;
      thread.frameWait.since = Infinity;
    } else {
      thread.wait = this.machine.wait();
    }
  }

  #buryKilled(): void {
    for (const life of this.lives.filter(({ killed }) => killed)) this.exit(life);
  }

  /** Storage answers one of its requests, whichever it likes, and time passes up to the next end or timer. */
  async proceed(which: number): Promise<boolean> {
    const { completions, scheduler } = this.machine;
    // What it asks for now has its gate before one is opened.
    await this.machine.runBackground();
    if (completions.pending === 0 && scheduler.nextDeadline() === Infinity) return false;
    this.#openGate(which);
    // In virtual time the machine waits for its next end: storage must get there.
    if (!this.options.realTime)
      for (let next = which; this.#gates.length > 0; next++) this.#openGate(next);
    await this.machine.step();
    return true;
  }

  #openGate(which: number): void {
    const [gate] = this.#gates.splice(which % Math.max(1, this.#gates.length), 1);
    gate?.();
  }

  /** Lets all threads come to the end of what they do. */
  async finish(): Promise<void> {
    this.failWrites(0, false);
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      for (const life of this.lives) for (const thread of life.threads) this.#run(thread, life);
      if (this.#swapping !== undefined) this.#run(this.#swapping);
      this.#buryKilled();
      const threads = this.lives.flatMap((life) => life.threads);
      if (this.#swapping !== undefined) threads.push(this.#swapping);
      const busy = threads.filter(({ work }) => work !== undefined);
      if (busy.length === 0 && this.machine.completions.pending === 0) return;
      // Each turn takes a while: what rests after a failure gets up again.
      this.machine.clock.now += 1e6;
      if ((await this.proceed(turn)) || busy.length === 0) continue;
      const asleep = busy.filter(({ wait }) => wait?.state === "sleeping").length;
      if (asleep === busy.length) panic("a wait that nothing will end", asleep);
    }
    panic("it never comes to an end");
  }

  /** Everybody exits; then nothing may be left. */
  async end(): Promise<void> {
    await this.finish();
    this.comparePages();
    const { machine, lives } = this;
    const { mm, store } = machine;
    for (const { space } of lives.splice(0)) space.release();
    this.file.object?.release();
    this.image.object?.release();
    while (await this.proceed(0));
    machine.check();
    const { free, frames } = mm.totals();
    // The vDSO remains.
    expect(free === frames - 1, "frames remain", frames - free);
    expect(mm.swap.area.used === 0, "slots remain", mm.swap.area.used);
    expect(mm.swap.area.clusters.size === 0, "clusters remain", mm.swap.area.clusters.size);
    // Nobody waits for removals, so that they may still be under way.
    for (let turns = 0; turns < 1000 && store.clusters.size > 0; turns++) {
      await Promise.resolve();
    }
    expect(store.clusters.size === 0, "the store keeps clusters", ...store.clusters.keys());
  }
}

/** That `found` begins with all of `wanted`. */
export function expectBytes(found: Uint8Array, wanted: Uint8Array, where: string): void {
  for (let at = 0; at < wanted.length; at++) {
    if (found[at] !== wanted[at])
      panic(`${where}: byte ${at} is ${found[at]}, should be ${wanted[at]}`);
  }
}
