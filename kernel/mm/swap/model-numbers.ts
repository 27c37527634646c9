// What the actions of a swap world (model-actions.ts) share: the numbers that decide, ranges of bytes and pages, and when an
// operation may fail for want of memory.

import { PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import { expect, type Life, PAGES, type World } from "./model-world.ts";

/** Numbers that decide what an action does. */
export interface Dice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

export const READS = PROT_READ | PROT_WRITE;
/** Bytes that are still to be moved, from `at` on. A call that stops short goes on from there. */
export interface Range {
  at: number;
  left: number;
}

export function pagesOf({ a, b }: Dice): { first: number; count: number } {
  const first = a % PAGES;
  return { first, count: 1 + (b % Math.min(first === 0 ? PAGES : 16, PAGES - first)) };
}

/** Calls `visit` for each part of [at, at + length) that lies in one page, with its place in the range. */
export function eachPart(
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
export function expectExhausted({ machine }: World): void {
  const { swap, lru } = machine.mm;
  expect(!swap.writer.busy, "out of memory while pages are on their way out");
  const isClosed = !swap.on || swap.writer.resting || swap.area.used === swap.area.size;
  expect(isClosed || lru.swapBacked.count === 0, "out of memory while pages could go");
}

/** A fault that had no frame: its process was chosen. */
export function failsForMemory(world: World, life: Life): true {
  expectExhausted(world);
  expect(life.killed, "a fault failed although its process was not chosen", life.space.pid);
  return true;
}
