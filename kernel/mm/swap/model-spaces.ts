// The calls that change address spaces, in a swap world and in its model.

import { ENOMEM } from "../../abi/errno.ts";
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
} from "../../abi/mman.ts";
import { panic } from "../../lib/panic.ts";
import { limitCommand } from "../reclaim/frame-limit.ts";
import { MUST_WAIT } from "../stall.ts";
import { type Dice, expectExhausted, pagesOf, READS } from "./model-numbers.ts";
import {
  BASE,
  expect,
  FILE_PAGES,
  type Life,
  type ModelObject,
  PAGES,
  type Work,
  type World,
} from "./model-world.ts";

/** What a mapping shows, and whether it is shared. */
export function sourceOf(
  world: World,
  which: number,
  pages: number,
): [ModelObject | undefined, boolean] {
  const sources: readonly [ModelObject | undefined, boolean][] = [
    [world.file, true],
    [world.file, true],
    [world.file, false],
    [world.image, false],
    [world.sharedMemory(pages), true],
  ];
  return sources[which % 8] ?? [undefined, false];
}

export function map(world: World, life: Life, dice: Dice): Work {
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

export function unmap(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    expect(life.space.unmap(BASE + first * 4096, count * 4096) === 0, "munmap failed");
    life.pages.fill(undefined, first, first + count);
    return true;
  };
}

export function protect(_world: World, life: Life, dice: Dice): Work {
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

export function forget(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_DONTNEED);
    for (const page of life.pages.slice(first, first + count)) {
      if (page !== undefined) page.own = undefined;
    }
    return true;
  };
}

export function willNeed(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_WILLNEED);
    return true;
  };
}

export function pageOut(_world: World, life: Life, dice: Dice): Work {
  const { first, count } = pagesOf(dice);
  return () => {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_PAGEOUT);
    return true;
  };
}

/** Moves a run of pages that one area holds, and may cut it or let it grow. */
export function remap(world: World, life: Life, dice: Dice): Work {
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

export function fork(world: World, life: Life): Work {
  return () => {
    if (world.isCrowded) return true;
    const child = world.fork(life);
    if (child === -ENOMEM) expectExhausted(world);
    else expect(typeof child !== "number" || child === MUST_WAIT, "fork failed", child);
    return child !== MUST_WAIT;
  };
}

export function exit(world: World, life: Life): void {
  world.exit(life);
}

/** A limit of frames over whatever private memory lies there, or its end. */
export function limit(_world: World, { space }: Life, { a, b, c }: Dice): void {
  const policy = ["off", "fifo", "lru", "clock", "opt"][c % 5] ?? "off";
  const range = `${BASE + (a % PAGES) * 4096} ${4096 * (1 + (b % 6))} ${1 + (b % 4)}`;
  limitCommand(space, policy === "off" ? policy : `limit ${range} ${policy}`);
  limitCommand(space, "reference");
}
