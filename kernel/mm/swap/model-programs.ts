// What programs and the kernel's copies for them do in a swap world: every byte is what the model says, or the access ends as
// the model says.

import { PROT_WRITE } from "../../abi/mman.ts";
import { panic } from "../../lib/panic.ts";
import { FAULT_MAPERR, FAULT_NO_MEMORY, FAULT_WAIT } from "../fault-result.ts";
import { copyIn, copyOut } from "../user-copy.ts";
import { type Dice, eachPart, failsForMemory, type Range, READS } from "./model-numbers.ts";
import {
  BASE,
  expect,
  expectBytes,
  type Life,
  PAGES,
  type Work,
  type World,
} from "./model-world.ts";

/** Copies of the kernel that must be done in one piece: a structure across two pages. */
const SHORT_COPY = 4096;
const LONG_COPY = 80_000;

export function load(world: World, life: Life, { a, b }: Dice): Work {
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

export function store(world: World, life: Life, { a, b, c }: Dice): Work {
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
export function sweep(world: World, life: Life, dice: Dice): Work {
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
export function copyEnds(
  world: World,
  life: Life,
  range: Range,
  done: number,
  prot: number,
): boolean {
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

export function copyRange({ a, b, c, d }: Dice): Range {
  const most = d % 2 === 0 ? SHORT_COPY : LONG_COPY;
  return { at: (a % PAGES) * 4096 + (b % 4096), left: 1 + (c % most) };
}

export function kernelRead(world: World, life: Life, dice: Dice): Work {
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

export function kernelWrite(world: World, life: Life, dice: Dice): Work {
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
