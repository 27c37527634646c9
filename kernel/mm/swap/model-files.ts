// The calls on files, in a swap world and in its model.

import { ENOMEM, ENOSPC } from "../../abi/errno.ts";
import { BufferSink, BufferSource } from "../../lib/io.ts";
import { MUST_WAIT } from "../stall.ts";
import { UserSource } from "../user-copy.ts";
import { type Dice, eachPart, expectExhausted, type Range, READS } from "./model-numbers.ts";
import {
  BASE,
  expect,
  expectBytes,
  FILE_PAGES,
  type Life,
  PAGES,
  withBytes,
  type Work,
  type World,
  ZEROS,
} from "./model-world.ts";

export function truncate(world: World, _life: Life, { a, b }: Dice): void {
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

export function putIntoFile({ file }: World, at: number, bytes: Uint8Array): void {
  eachPart(at, bytes.length, (index, offset, place, count) => {
    const page = file.pages.get(index) ?? ZEROS;
    file.pages.set(index, withBytes(page, offset, bytes.subarray(place, place + count)));
  });
  if (bytes.length > 0) file.size = Math.max(file.size, at + bytes.length);
}

/** A call on a file moved `result` bytes, or failed with it: whether it is over, and for the right reason. */
export function fileEnds(world: World, range: Range, result: number): boolean {
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

export function fileWrite(world: World, _life: Life, { a, b, c }: Dice): Work {
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
export function fileWriteFrom(world: World, life: Life, { a, b, c }: Dice): Work {
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

export function fileRead(world: World, _life: Life, { a, b, d }: Dice): Work {
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
