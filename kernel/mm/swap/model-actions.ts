// What can happen in a swap world (model-world.ts): accesses of programs and of the kernel, the calls that change address
// spaces and files, and what the machine and its store do by themselves. Each action takes its numbers from the dice.

import { ENOMEM, ENOSPC } from "../../abi/errno.ts";
import {
  MADV_DONTNEED,
  MADV_PAGEOUT,
  MADV_WILLNEED,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  MAP_SHARED,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from "../../abi/mman.ts";
import { BufferSink, BufferSource } from "../../lib/io.ts";
import { panic } from "../../lib/panic.ts";
import { FAULT_MAPERR, FAULT_NO_MEMORY, FAULT_WAIT } from "../fault-result.ts";
import { limitCommand } from "../reclaim/frame-limit.ts";
import { policyNames } from "../reclaim/lru.ts";
import { MUST_WAIT } from "../stall.ts";
import { emptySwap } from "./off.ts";
import {
  BASE,
  expect,
  expectBytes,
  FILE_PAGES,
  type Life,
  type ModelObject,
  PAGES,
  withBytes,
  type Work,
  type World,
  ZEROS,
} from "./model-world.ts";
import { copyIn, copyOut, UserSource } from "../user-copy.ts";

/** Numbers that decide what an action does. */
export interface Dice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const READS = PROT_READ | PROT_WRITE;
/** Copies of the kernel that must be done in one piece: a structure across two pages. */
const SHORT_COPY = 4096;
const LONG_COPY = 80_000;

/** Bytes that are still to be moved, from `at` on. A call that stops short goes on from there. */
interface Range {
  at: number;
  left: number;
}

function pagesOf({ a, b }: Dice): { first: number; count: number } {
  const first = a % PAGES;
  return { first, count: 1 + (b % Math.min(first === 0 ? PAGES : 16, PAGES - first)) };
}

/** Calls `visit` for each part of [at, at + length) that lies in one page, with its place in the range. */
function eachPart(
  at: number,
  length: number,
  visit: (index: number, offset: number, place: number, count: number) => void,
): void {
  for (let place = 0; place < length;) {
    const offset = (at + place) % 4096;
    const count = Math.min(4096 - offset, length - place);
    visit(Math.floor((at + place) / 4096), offset, place, count);
    place += count;
  }
}

/** Nobody had a frame: swap must have had nothing more to give. */
function expectExhausted({ machine }: World): void {
  const { swap, lru } = machine.mm;
  expect(!swap.writer.busy, "out of memory while pages are on their way out");
  const isClosed = !swap.on || swap.writer.resting || swap.area.used === swap.area.size;
  expect(isClosed || lru.swapBacked.count === 0, "out of memory while pages could go");
}

/** A fault that had no frame: its process was chosen. */
function failsForMemory(world: World, life: Life): true {
  expectExhausted(world);
  expect(life.killed, "a fault failed although its process was not chosen", life.space.pid);
  return true;
}

// Programs.

function load(world: World, life: Life, { a, b }: Dice): Work {
  const index = a % PAGES;
  const at = b % 4096;
  return () => {
    const expected = world.expected(life, index, READS);
    const result = world.machine.read(life.space, BASE + index * 4096 + at);
    if (result === -FAULT_WAIT) return false;
    if (result === -FAULT_NO_MEMORY) return failsForMemory(world, life);
    const page = life.pages[index];
    const wanted = expected < 0 || page === undefined ? expected : world.contents(page)[at];
    expect(result === wanted, "a load gave something else", index, at, result, wanted);
    return true;
  };
}

function store(world: World, life: Life, { a, b, c }: Dice): Work {
  const index = a % PAGES;
  const at = b % 4096;
  const value = c % 256;
  return () => {
    const expected = world.expected(life, index, PROT_WRITE);
    const result = world.machine.write(life.space, BASE + index * 4096 + at, value);
    if (result === -FAULT_WAIT) return false;
    if (result === -FAULT_NO_MEMORY) return failsForMemory(world, life);
    expect(result === expected, "a store ended in another way", index, result, expected);
    const page = life.pages[index];
    if (result === 0 && page !== undefined) world.write(page, at, Uint8Array.of(value));
    return true;
  };
}

/** A program goes over its memory page by page and writes to as much of it as it may. */
function sweep(world: World, life: Life, dice: Dice): Work {
  let index = dice.a % PAGES;
  return () => {
    for (; index < PAGES; index++) {
      if (!store(world, life, { ...dice, a: index, b: dice.b + index })()) return false;
    }
    return true;
  };
}

// The kernel's copies.

/** A copy between the kernel and the memory at `range` moved `done` bytes: whether it is over, and for the right reason. */
function copyEnds(world: World, life: Life, range: Range, done: number, prot: number): boolean {
  const { at, left } = range;
  if (done === left) return true;
  if (world.machine.mm.stall !== null) {
    // A long copy goes on from where it stopped, as read(2) does; a short one is one piece.
    if (left > SHORT_COPY) Object.assign(range, { at: at + done, left: left - done });
    return false;
  }
  const { lastFault } = life.space;
  if (lastFault === FAULT_NO_MEMORY) return failsForMemory(world, life);
  const index = Math.floor((at + done) / 4096);
  const expected = index < PAGES ? world.expected(life, index, prot) : -FAULT_MAPERR;
  expect(-lastFault === expected, "a copy stopped for another reason", index, lastFault, expected);
  return true;
}

function copyRange({ a, b, c, d }: Dice): Range {
  const most = d % 2 === 0 ? SHORT_COPY : LONG_COPY;
  return { at: (a % PAGES) * 4096 + (b % 4096), left: 1 + (c % most) };
}

function kernelRead(world: World, life: Life, dice: Dice): Work {
  const range = copyRange(dice);
  return () => {
    const { at, left } = range;
    const bytes = new Uint8Array(left);
    const done = copyIn(life.space, BASE + at, bytes, 0, left);
    eachPart(at, done, (index, offset, place, count) => {
      const page = life.pages[index] ?? panic("bytes from nowhere", index);
      const wanted = world.contents(page).subarray(offset, offset + count);
      expectBytes(bytes.subarray(place), wanted, `a copy of page ${index} from ${offset}`);
    });
    return copyEnds(world, life, range, done, READS);
  };
}

function kernelWrite(world: World, life: Life, dice: Dice): Work {
  const range = copyRange(dice);
  return () => {
    const { at, left } = range;
    const bytes = new Uint8Array(left).fill(dice.d % 256);
    const done = copyOut(life.space, BASE + at, bytes, 0, left);
    eachPart(at, done, (index, offset, place, count) => {
      const page = life.pages[index] ?? panic("bytes to nowhere", index);
      world.write(page, offset, bytes.subarray(place, place + count));
    });
    return copyEnds(world, life, range, done, PROT_WRITE);
  };
}

// Address spaces.

/** What a mapping shows, and whether it is shared. */
function sourceOf(world: World, which: number, pages: number): [ModelObject | undefined, boolean] {
  const sources: readonly [ModelObject | undefined, boolean][] = [
    [world.file, true],
    [world.file, true],
    [world.file, false],
    [world.image, false],
    [world.sharedMemory(pages), true],
  ];
  return sources[which % 8] ?? [undefined, false];
}

function map(world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  const prot = [READS, READS, READS | PROT_EXEC, PROT_READ][dice.c % 4] ?? READS;
  return () => {
    const [source, shared] = sourceOf(world, dice.d, count);
    const object = source?.object;
    const start = object === undefined ? 0 : Math.floor(dice.d / 8) % FILE_PAGES;
    const addr = BASE + first * 4096;
    const anonymous = object === undefined ? MAP_ANONYMOUS : 0;
    const flags = MAP_FIXED | (shared ? MAP_SHARED : MAP_PRIVATE) | anonymous;
    const backing = object === undefined ? {} : { object, offset: start * 4096 };
    const result = life.space.map({ addr, length: count * 4096, prot, flags, ...backing });
    expect(result === addr, "mmap failed", result);
    for (let page = 0; page < count; page++) {
      life.pages[first + page] = { prot, shared, source, index: start + page, own: undefined };
    }
    return true;
  };
}

function unmap(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    expect(life.space.unmap(BASE + first * 4096, count * 4096) === 0, "munmap failed");
    life.pages.fill(undefined, first, first + count);
    return true;
  };
}

function protect(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  const prot = [READS, READS, PROT_READ, 0, PROT_READ | PROT_EXEC][dice.c % 5] ?? READS;
  return () => {
    const hole = life.pages.findIndex((page, at) => at >= first && page === undefined);
    const end = hole >= 0 && hole < first + count ? hole : first + count;
    const result = life.space.protect(BASE + first * 4096, count * 4096, prot);
    expect(result === (end < first + count ? -ENOMEM : 0), "mprotect gave another result", result);
    for (const page of life.pages.slice(first, end)) if (page !== undefined) page.prot = prot;
    return true;
  };
}

function forget(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_DONTNEED);
    for (const page of life.pages.slice(first, first + count)) {
      if (page !== undefined) page.own = undefined;
    }
    return true;
  };
}

function willNeed(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_WILLNEED);
    return true;
  };
}

function pageOut(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_PAGEOUT);
    return true;
  };
}

/** Moves a run of pages that one area holds, and may cut it or let it grow. */
function remap(world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  const to = dice.c % PAGES;
  return () => {
    const { space, pages } = life;
    const vma = space.find(BASE + first * 4096);
    if (vma === undefined) return true;
    const before = Math.min(count, (vma.end - BASE) / 4096 - first);
    const after = Math.min(1 + (dice.d % (before + 2)), PAGES - to);
    if (to < first + before && first < to + after) return true;
    const [from, target] = [BASE + first * 4096, BASE + to * 4096];
    const flags = MREMAP_MAYMOVE | MREMAP_FIXED;
    const result = space.remap(from, before * 4096, after * 4096, flags, target);
    if (result === MUST_WAIT || result === -ENOMEM) {
      if (result === -ENOMEM) expectExhausted(world);
      // The tail that is cut off goes first, whatever becomes of the rest.
      if (after < before) pages.fill(undefined, first + after, first + before);
      return result === -ENOMEM;
    }
    expect(result === target, "mremap failed", result);
    const template = pages[first] ?? panic("nothing was moved", first);
    for (let page = 0; page < after; page++) {
      const grown = { ...template, index: template.index + page, own: undefined };
      pages[to + page] = page < before ? pages[first + page] : grown;
    }
    pages.fill(undefined, first, first + before);
    return true;
  };
}

function fork(world: World, life: Life): Work {
  return () => {
    if (world.isCrowded) return true;
    const child = world.fork(life);
    if (child === -ENOMEM) expectExhausted(world);
    else expect(typeof child !== "number" || child === MUST_WAIT, "fork failed", child);
    return child !== MUST_WAIT;
  };
}

function exit(world: World, life: Life): void {
  world.exit(life);
}

/** A limit of frames over whatever private memory lies there, or its end. */
function limit(_world: World, { space }: Life, { a, b, c }: Dice): void {
  const policy = ["off", "fifo", "lru", "clock", "opt"][c % 5] ?? "off";
  const range = `${BASE + (a % PAGES) * 4096} ${4096 * (1 + (b % 6))} ${1 + (b % 4)}`;
  limitCommand(space, policy === "off" ? policy : `limit ${range} ${policy}`);
  limitCommand(space, "reference");
}

// Files.

function truncate(world: World, _life: Life, { a, b }: Dice): void {
  const { file } = world;
  const size = b % 4 === 0 ? (a % FILE_PAGES) * 4096 : a % (FILE_PAGES * 4096);
  const before = file.size;
  expect(file.object?.truncate(size) === 0, "truncate failed");
  file.size = size;
  if (size > before) return;
  const keep = Math.ceil(size / 4096);
  for (const index of file.pages.keys()) if (index >= keep) file.pages.delete(index);
  const last = file.pages.get(keep - 1);
  if (size % 4096 !== 0 && last !== undefined) {
    file.pages.set(keep - 1, withBytes(last, size % 4096, ZEROS.subarray(size % 4096)));
    file.cut.add(keep - 1);
  }
  for (const page of world.lives.flatMap(({ pages }) => pages)) {
    if (page?.source === file && page.index >= keep) page.own = undefined;
  }
}

function putIntoFile({ file }: World, at: number, bytes: Uint8Array): void {
  eachPart(at, bytes.length, (index, offset, place, count) => {
    const page = file.pages.get(index) ?? ZEROS;
    file.pages.set(index, withBytes(page, offset, bytes.subarray(place, place + count)));
  });
  if (bytes.length > 0) file.size = Math.max(file.size, at + bytes.length);
}

/** A call on a file moved `result` bytes, or failed with it: whether it is over, and for the right reason. */
function fileEnds(world: World, range: Range, result: number): boolean {
  const { at, left } = range;
  if (result === left) return true;
  if (result === MUST_WAIT || world.machine.mm.stall !== null) {
    const done = Math.max(result, 0);
    Object.assign(range, { at: at + done, left: left - done });
    return false;
  }
  if (world.options.loses) return true;
  expect(result >= 0 || result === -ENOSPC || result === -ENOMEM, "a file failed", result);
  expectExhausted(world);
  return true;
}

function fileWrite(world: World, _life: Life, { a, b, c }: Dice): Work {
  const range = { at: a % ((FILE_PAGES - 4) * 4096), left: 1 + (b % 12_000) };
  return () => {
    const { at, left } = range;
    const bytes = new Uint8Array(left).fill(c % 256);
    const result = world.file.object?.write(at, new BufferSource(bytes)) ?? 0;
    putIntoFile(world, at, bytes.subarray(0, Math.max(0, result)));
    return fileEnds(world, range, result);
  };
}

/** write(2) from a private page of the process. */
function fileWriteFrom(world: World, life: Life, { a, b, c }: Dice): Work {
  const range = { at: b % ((FILE_PAGES - 4) * 4096), left: 1 + (c % 4096) };
  const index = a % PAGES;
  let from = 0;
  return () => {
    const page = life.pages[index];
    // A page of the file itself would change while it is read.
    if (page === undefined || page.shared) return true;
    const { at, left } = range;
    const expected = world.expected(life, index, READS);
    const bytes = world.contents(page);
    const source = new UserSource(life.space, BASE + index * 4096 + from, left);
    const result = world.file.object?.write(at, source) ?? 0;
    putIntoFile(world, at, bytes.subarray(from, from + Math.max(0, result)));
    from += Math.max(0, result);
    const isRefused = world.machine.mm.stall === null && (expected < 0 || life.killed);
    return isRefused || fileEnds(world, range, result);
  };
}

function fileRead(world: World, _life: Life, { a, b, d }: Dice): Work {
  const model = d % 4 === 0 ? world.image : world.file;
  const range = { at: a % (FILE_PAGES * 4096), left: 1 + (b % 16_000) };
  return () => {
    const { at } = range;
    range.left = Math.max(0, Math.min(range.left, model.size - at));
    const bytes = new Uint8Array(range.left);
    const result = model.object?.read(at, new BufferSink(bytes)) ?? 0;
    eachPart(at, Math.max(0, result), (index, offset, place, count) => {
      const page = model.pages.get(index) ?? model.fill(index);
      const wanted = page.subarray(offset, offset + count);
      expectBytes(bytes.subarray(place), wanted, `a read of page ${index} from ${offset}`);
    });
    return fileEnds(world, range, result);
  };
}

// The machine and its store.

function squeeze({ machine }: World, _life: Life, { a }: Dice): void {
  machine.mm.reclaim.squeeze(1 + (a % 24));
}

function usePolicy({ machine }: World, _life: Life, { a }: Dice): void {
  machine.mm.lru.use(policyNames[a % policyNames.length] ?? "fifo");
}

function failWrites(world: World, _life: Life, { a, b }: Dice): void {
  world.failWrites(1 + (a % 5), b % 3 === 0);
}

function failReads(world: World, _life: Life, { a }: Dice): void {
  world.failReads(1 + (a % 2));
}

/** swapoff(2), or swapon(2) when it is off, which comes sooner. */
function toggleSwap(world: World, _life: Life, { a }: Dice): void {
  const { mm } = world.machine;
  const { swap } = mm;
  if (swap.on && (a % 4 !== 0 || !swap.fitsInRam())) return;
  world.actOnSwap(() => {
    if (!swap.on) {
      swap.on = true;
      return () => true;
    }
    return () => {
      swap.on = false;
      const isEmpty = emptySwap(mm);
      if (!isEmpty && mm.stall !== null) return false;
      if (!isEmpty) swap.on = true;
      else expect(world.options.loses || swap.area.used === 0, "swapoff left pages behind");
      return true;
    };
  });
}

type Worker = (world: World, life: Life, dice: Dice) => Work;
type Event = (world: World, life: Life, dice: Dice) => void;

/** What a thread of a process can do. */
const work = {
  sweep,
  load,
  store,
  kernelRead,
  kernelWrite,
  map,
  unmap,
  protect,
  forget,
  willNeed,
  pageOut,
  remap,
  fork,
  fileWrite,
  fileWriteFrom,
  fileRead,
} satisfies Record<string, Worker>;

/** What happens at once. */
const events = {
  exit,
  limit,
  truncate,
  squeeze,
  usePolicy,
  failWrites,
  failReads,
  toggleSwap,
} satisfies Record<string, Event>;

export type ActionName = keyof typeof work | keyof typeof events | "proceed";

/** How often each comes, in hundredths. */
export const weights: Readonly<Record<ActionName, number>> = {
  sweep: 8,
  load: 6,
  store: 15,
  kernelRead: 5,
  kernelWrite: 8,
  map: 8,
  unmap: 2,
  protect: 2,
  forget: 1,
  willNeed: 1,
  pageOut: 1,
  remap: 2,
  fork: 4,
  fileWrite: 2,
  fileWriteFrom: 2,
  fileRead: 2,
  exit: 1,
  limit: 1,
  truncate: 2,
  squeeze: 8,
  usePolicy: 1,
  failWrites: 1,
  failReads: 1,
  toggleSwap: 2,
  proceed: 14,
};

function isIn<Names extends object>(names: Names, name: PropertyKey): name is keyof Names {
  return name in names;
}

/** Does one thing to the world: `life` and `thread` say whose turn it is. */
export async function perform(
  world: World,
  name: ActionName,
  who: { readonly life: number; readonly thread: number },
  dice: Dice,
): Promise<void> {
  const life = world.lives[who.life % world.lives.length];
  if (life === undefined) panic("nobody is left");
  if (isIn(work, name)) world.act(life, who.thread, () => work[name](world, life, dice));
  else if (isIn(events, name)) events[name](world, life, dice);
  else await world.proceed(dice.a);
}
