// Random lives of address spaces against a naive model: for each page, where its byte comes from. The fake CPU's TLB
// keeps translations until they are flushed and the accounting is checked after every step.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ENOMEM } from "../abi/errno.ts";
import {
  MADV_DONTNEED,
  MAP_ANONYMOUS,
  MAP_FIXED,
  MAP_PRIVATE,
  MAP_SHARED,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from "../abi/mman.ts";
import { BufferSink, BufferSource } from "../lib/io.ts";
import { checkAccounting } from "./accounting.ts";
import type { AddressSpace } from "./address-space.ts";
import { FAULT_ACCERR, FAULT_BUS, FAULT_MAPERR } from "./fault-result.ts";
import { must, testMachine } from "./fixture.ts";
import { InodeObject } from "./inode-object.ts";
import type { MemoryObject } from "./memory-object.ts";
import { ShmemObject } from "./shmem-object.ts";
import { copyIn, copyOut } from "./user-copy.ts";

/** The window that the commands work in crosses a border of leaf tables. */
const PAGES = 20;
const BASE = 0x10000000 - 8 * 4096;
const FILE_PAGES = 12;
const MAX_SPACES = 5;

/** A backing: one byte for each page, and how many pages there are. */
interface ModelObject {
  readonly bytes: Map<number, number>;
  pages: number;
  readonly fill: (index: number) => number;
}

interface ModelPage {
  prot: number;
  readonly shared: boolean;
  readonly object: ModelObject | null;
  readonly index: number;
  /** The private copy's byte. */
  own: number | undefined;
}

interface Life {
  readonly space: AddressSpace;
  readonly pages: (ModelPage | undefined)[];
}

function valueOf(object: ModelObject, index: number): number {
  return object.bytes.get(index) ?? object.fill(index);
}

function modelRead(page: ModelPage | undefined, needed: number): number {
  if (page === undefined) return -FAULT_MAPERR;
  if ((page.prot & needed) === 0) return -FAULT_ACCERR;
  if (page.object !== null && page.index >= page.object.pages) return -FAULT_BUS;
  if (page.own !== undefined) return page.own;
  return page.object === null ? 0 : valueOf(page.object, page.index);
}

function modelWrite(page: ModelPage | undefined, value: number): number {
  const result = modelRead(page, PROT_WRITE);
  if (result < 0 || page === undefined) return result;
  if (page.shared && page.object !== null) page.object.bytes.set(page.index, value);
  else page.own = value;
  return 0;
}

const READS = PROT_READ | PROT_WRITE;

class Pair {
  readonly machine = testMachine(400);
  readonly lives: Life[] = [];
  readonly tmp: ShmemObject;
  readonly image: InodeObject;
  readonly tmpModel: ModelObject = { bytes: new Map(), pages: FILE_PAGES, fill: () => 0 };
  readonly imageModel: ModelObject = {
    bytes: new Map(),
    pages: FILE_PAGES,
    fill: (index) => index + 100,
  };

  constructor() {
    const { mm } = this.machine;
    this.tmp = new ShmemObject(mm, "/tmp/file", FILE_PAGES * 4096);
    this.image = new InodeObject(mm, "/bin/file", FILE_PAGES * 4096, (index, into, offset) => {
      into.fill(index + 100, offset, offset + 4096);
      return 4096;
    });
    this.lives.push({ space: this.machine.space(), pages: new Array(PAGES).fill(undefined) });
  }

  map(life: Life, kind: number, first: number, count: number, prot: number, index: number): void {
    const sources: [MemoryObject | null, ModelObject | null, boolean][] = [
      [null, null, false],
      [null, { bytes: new Map(), pages: count, fill: () => 0 }, true],
      [this.tmp, this.tmpModel, false],
      [this.tmp, this.tmpModel, true],
      [this.image, this.imageModel, false],
    ];
    const [object, model, shared] = sources[kind % sources.length] ?? [null, null, false];
    const at = object === null ? 0 : index % FILE_PAGES;
    const result = life.space.map({
      addr: BASE + first * 4096,
      length: count * 4096,
      prot,
      flags:
        MAP_FIXED | (shared ? MAP_SHARED : MAP_PRIVATE) | (object === null ? MAP_ANONYMOUS : 0),
      ...(object === null ? {} : { object, offset: at * 4096 }),
    });
    assert.equal(result, BASE + first * 4096);
    for (let page = 0; page < count; page++) {
      life.pages[first + page] = {
        prot,
        shared,
        object: model,
        index: at + page,
        own: undefined,
      };
    }
  }

  unmap(life: Life, first: number, count: number): void {
    assert.equal(life.space.unmap(BASE + first * 4096, count * 4096), 0);
    life.pages.fill(undefined, first, first + count);
  }

  protect(life: Life, first: number, count: number, prot: number): void {
    const hole = life.pages.findIndex((page, at) => at >= first && page === undefined);
    const end = hole >= 0 && hole < first + count ? hole : first + count;
    const result = life.space.protect(BASE + first * 4096, count * 4096, prot);
    assert.equal(result, end < first + count ? -ENOMEM : 0);
    for (let at = first; at < end; at++) {
      const page = life.pages[at];
      if (page !== undefined) page.prot = prot;
    }
  }

  fork(life: Life): void {
    if (this.lives.length === MAX_SPACES) return;
    const space = must(life.space.fork(this.lives.length + 50));
    const pages = life.pages.map((page) => (page === undefined ? undefined : { ...page }));
    this.lives.push({ space, pages });
  }

  exit(which: number): void {
    if (this.lives.length === 1) return;
    const [life] = this.lives.splice(which % this.lives.length, 1);
    life?.space.release();
  }

  dontNeed(life: Life, first: number, count: number): void {
    life.space.advise(BASE + first * 4096, count * 4096, MADV_DONTNEED);
    for (let at = first; at < first + count; at++) {
      const page = life.pages[at];
      if (page !== undefined) page.own = undefined;
    }
  }

  truncate(pages: number): void {
    this.tmp.truncate(pages * 4096);
    this.tmpModel.pages = pages;
    for (const index of this.tmpModel.bytes.keys()) {
      if (index >= pages) this.tmpModel.bytes.delete(index);
    }
    for (const life of this.lives) {
      for (const page of life.pages) {
        if (page?.object === this.tmpModel && page.index >= pages) page.own = undefined;
      }
    }
  }

  fileWrite(index: number, value: number): void {
    const bytes = new Uint8Array(4096).fill(value);
    assert.equal(this.tmp.write(index * 4096, new BufferSource(bytes)), 4096);
    this.tmpModel.bytes.set(index, value);
    this.tmpModel.pages = Math.max(this.tmpModel.pages, index + 1);
  }

  fileRead(): void {
    for (const [object, model] of [
      [this.tmp, this.tmpModel],
      [this.image, this.imageModel],
    ] as const) {
      const bytes = new Uint8Array(32 * 4096);
      const sink = new BufferSink(bytes);
      assert.equal(object.read(0, sink), model.pages * 4096);
      for (let at = 0; at < model.pages; at++) {
        assert.equal(bytes[at * 4096 + 8], valueOf(model, at));
      }
    }
  }

  /** Moves a run of pages that one area holds. */
  remap(life: Life, from: number, to: number, count: number): void {
    const vma = life.space.find(BASE + from * 4096);
    if (vma === undefined) return;
    const room = Math.min(count, (vma.end - BASE) / 4096 - from, PAGES - to);
    if (room < 1 || (to < from + room && from < to + room)) return;
    const address = BASE + to * 4096;
    const flags = MREMAP_MAYMOVE | MREMAP_FIXED;
    const bytes = room * 4096;
    assert.equal(life.space.remap(BASE + from * 4096, bytes, bytes, flags, address), address);
    for (let page = 0; page < room; page++) {
      life.pages[to + page] = life.pages[from + page];
      life.pages[from + page] = undefined;
    }
  }

  /** One access by the program or by the kernel. Byte 8 of the page carries the value. */
  access(life: Life, page: number, how: number, value: number): void {
    const { machine } = this;
    const va = BASE + page * 4096 + 8;
    const model = life.pages[page];
    const one = new Uint8Array(1);
    switch (how % 5) {
      case 0:
        assert.equal(machine.read(life.space, va), modelRead(model, READS));
        break;
      case 1:
        assert.equal(machine.write(life.space, va, value), modelWrite(model, value));
        break;
      case 2: {
        const expected = modelRead(model, PROT_EXEC);
        assert.equal(machine.execute(life.space, va), expected);
        break;
      }
      case 3: {
        const done = copyOut(life.space, va, Uint8Array.of(value), 0, 1);
        const expected = modelWrite(model, value);
        assert.equal(done === 1 ? 0 : -life.space.lastFault, expected);
        break;
      }
      default: {
        const done = copyIn(life.space, va, one, 0, 1);
        assert.equal(done === 1 ? one[0] : -life.space.lastFault, modelRead(model, READS));
      }
    }
  }

  check(): void {
    checkAccounting(this.machine.mm);
    for (const life of this.lives) {
      for (let page = 0; page < PAGES; page++) {
        const vma = life.space.find(BASE + page * 4096);
        assert.equal(vma?.prot, life.pages[page]?.prot, `protection of page ${page}`);
      }
    }
  }
}

const command = fc.record({
  kind: fc.nat(18),
  life: fc.nat(MAX_SPACES - 1),
  first: fc.nat(PAGES - 1),
  count: fc.integer({ min: 1, max: 7 }),
  prot: fc.nat(7),
  value: fc.integer({ min: 1, max: 99 }),
});

test("any sequence of map, unmap, protect, fork, truncate, accesses and exit gives each page its bytes", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80, size: "max" }), (commands) => {
      const pair = new Pair();
      for (const { kind, life: which, first, count: wanted, prot, value } of commands) {
        const life = pair.lives[which % pair.lives.length];
        if (life === undefined) return;
        const count = Math.min(wanted, PAGES - first);
        if (kind === 0) pair.unmap(life, first, count);
        else if (kind === 1) pair.protect(life, first, count, prot);
        else if (kind === 2) pair.fork(life);
        else if (kind === 3) pair.exit(which);
        else if (kind === 4) pair.dontNeed(life, first, count);
        else if (kind === 5) pair.truncate(value % (FILE_PAGES + 1));
        else if (kind === 6) pair.fileWrite(value % FILE_PAGES, value);
        else if (kind === 7) pair.fileRead();
        else if (kind === 8) pair.remap(life, first, value % PAGES, count);
        else if (kind <= 11) pair.map(life, value, first, count, prot | (value & 3), value);
        else for (let page = 0; page < count; page++) pair.access(life, first + page, kind, value);
        pair.check();
      }
      for (const life of pair.lives) life.space.release();
      pair.tmp.release();
      pair.image.release();
      checkAccounting(pair.machine.mm);
      const totals = pair.machine.mm.totals();
      assert.equal(totals.free, totals.frames - 1, "only the vDSO remains");
    }),
    { numRuns: 150 },
  );
});
