import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAP_ANONYMOUS, MAP_FIXED, MAP_PRIVATE } from "../abi/mman.ts";
import { testMachine } from "./fixture.ts";
import { MMAP_BASE } from "./layout.ts";
import { ReverseMap } from "./reverse-map.ts";

const BASE = 0x20000000;
const PAGES = 40;

const command = fc.record({
  what: fc.nat(2),
  first: fc.nat(PAGES - 1),
  count: fc.integer({ min: 1, max: 12 }),
  prot: fc.constantFrom(0, 1, 3),
});

test("areas are the longest runs of pages with equal rights, whatever cut and joined them", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60, size: "max" }), (commands) => {
      const machine = testMachine(64);
      const space = machine.space();
      const model: (number | undefined)[] = new Array<undefined>(PAGES + 12).fill(undefined);
      for (const { what, first, count, prot } of commands) {
        const addr = BASE + first * 4096;
        const length = count * 4096;
        if (what === 0) {
          space.map({ addr, length, prot, flags: MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS });
        } else if (what === 1) {
          space.unmap(addr, length);
        } else {
          space.protect(addr, length, prot);
        }
        for (let page = first; page < first + count; page++) {
          if (what === 0) model[page] = prot;
          else if (what === 1) model[page] = undefined;
          else if (model[page] === undefined) break;
          else model[page] = prot;
        }
      }
      const runs: string[] = [];
      for (let page = 0; page < model.length;) {
        let end = page;
        while (end < model.length && model[end] === model[page]) end++;
        if (model[page] !== undefined) runs.push(`${page}-${end}:${model[page]}`);
        page = end;
      }
      const areas = space
        .vmas()
        .map((vma) => `${(vma.start - BASE) / 4096}-${(vma.end - BASE) / 4096}:${vma.prot}`);
      assert.deepEqual(areas, runs);
      assert.equal(space.pages, model.filter((prot) => prot !== undefined).length);
    }),
    { numRuns: 200 },
  );
});

test("what has been written stays counted, and so apart from what never could be", () => {
  const machine = testMachine(64);
  const space = machine.space();
  const flags = MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS;
  space.map({ addr: BASE, length: 3 * 4096, prot: 1, flags });
  space.protect(BASE + 4096, 4096, 3);
  space.protect(BASE + 4096, 4096, 1);
  assert.equal(space.vmas().length, 1);
  space.protect(BASE + 4096, 4096, 3);
  machine.write(space, BASE + 4096, 1);
  space.protect(BASE + 4096, 4096, 1);
  assert.equal(space.vmas().length, 3);
});

test("the search for room never returns a place that overlaps an area", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ hint: fc.nat(60), pages: fc.integer({ min: 1, max: 9 }) }), {
        maxLength: 30,
        size: "max",
      }),
      (requests) => {
        const space = testMachine(64).space();
        let pages = 0;
        for (const { hint, pages: count } of requests) {
          const addr = hint % 3 === 0 ? 0 : BASE + hint * 4096;
          const flags = MAP_PRIVATE | MAP_ANONYMOUS;
          const at = space.map({ addr, length: count * 4096, prot: 1, flags });
          assert.ok(at > 0);
          pages += count;
          assert.equal(space.pages, pages);
        }
        const list = space.vmas();
        list.forEach((vma, index) => {
          const next = list[index + 1];
          assert.ok(next === undefined || next.start >= vma.end);
        });
      },
    ),
    { numRuns: 100 },
  );
});

test("the reverse map holds exactly the links that were added and not removed", () => {
  const link = fc.record({ pfn: fc.nat(5), table: fc.nat(99), index: fc.nat(511) });
  fc.assert(
    fc.property(fc.array(link, { maxLength: 300, size: "max" }), (links) => {
      const map = new ReverseMap(256);
      const attached = new Set<number>();
      const model = new Map<string, number>();
      for (const { pfn, table, index } of links) {
        const frame = 100 + table;
        if (!attached.has(frame)) map.attach(frame);
        attached.add(frame);
        const name = `${frame}:${index}`;
        const known = model.get(name);
        if (known === undefined) {
          map.add(pfn, frame, index);
          model.set(name, pfn);
        } else {
          map.remove(known, frame, index);
          model.delete(name);
        }
      }
      for (let pfn = 0; pfn < 6; pfn++) {
        const found: string[] = [];
        for (let at = map.head[pfn] ?? 0; at !== 0; at = map.next[at] ?? 0) {
          found.push(`${map.tableOf(at)}:${at & 511}`);
        }
        const expected = [...model].filter(([, frame]) => frame === pfn).map(([name]) => name);
        assert.deepEqual(found.toSorted(), expected.toSorted());
      }
    }),
    { numRuns: 100 },
  );
});

test("room is found as high as possible, however often areas came and went", () => {
  const request = fc.record({
    what: fc.nat(3),
    first: fc.nat(PAGES - 1),
    pages: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 80, size: "max" }), (requests) => {
      const space = testMachine(64).space();
      /** By pages below MMAP_BASE. */
      const used = new Set<number>();
      const flags = MAP_PRIVATE | MAP_ANONYMOUS;
      const isFree = (lowest: number, pages: number) => {
        for (let page = lowest; page > lowest - pages; page--) if (used.has(page)) return false;
        return true;
      };
      for (const { what, first, pages } of requests) {
        const top = first + pages;
        const addr = MMAP_BASE - top * 4096;
        if (what === 0) space.unmap(addr, pages * 4096);
        else if (what === 1)
          space.map({ addr, length: pages * 4096, prot: 3, flags: flags | MAP_FIXED });
        else {
          let lowest = pages;
          while (!isFree(lowest, pages)) lowest++;
          const at = space.map({ addr: 0, length: pages * 4096, prot: 1, flags });
          assert.equal(at, MMAP_BASE - lowest * 4096);
          for (let page = lowest; page > lowest - pages; page--) used.add(page);
          continue;
        }
        for (let page = top; page > first; page--) {
          if (what === 0) used.delete(page);
          else used.add(page);
        }
      }
    }),
    { numRuns: 200 },
  );
});
