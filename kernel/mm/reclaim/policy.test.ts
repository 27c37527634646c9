// Each policy against a naive model of it, with accessed bits that the test sets.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameLinks } from "../frame-list.ts";
import {
  ClockPolicy,
  FifoPolicy,
  type HarvestAccess,
  LruPolicy,
  OptPolicy,
  type ReclaimPolicy,
} from "./policy.ts";
import { TwoListPolicy } from "./two-list-policy.ts";

const FRAMES = 10;

/** Who goes next in a queue whose first page is the oldest; pages may be given another round on the way. */
type Model = (queue: number[], used: Set<number>) => number;

const fifo: Model = ([oldest = -1]) => oldest;

const secondChance: Model = (queue, used) => {
  for (let left = queue.length; left > 0; left--) {
    const [oldest = -1] = queue;
    if (!used.delete(oldest)) break;
    queue.push(...queue.splice(0, 1));
  }
  return queue[0] ?? -1;
};

function harvestOf(used: Set<number>): HarvestAccess {
  return (pfn) => used.delete(pfn);
}

const step = fc.record({
  kind: fc.constantFrom("add", "remove", "use", "evict", "keep", "referenced"),
  pfn: fc.nat(FRAMES - 1),
});
const steps = fc.array(step, { maxLength: 80, size: "max" });

const policies: readonly {
  readonly name: string;
  readonly make: (links: FrameLinks, harvest: HarvestAccess) => ReclaimPolicy;
  readonly choose: Model;
  /** What a reference does to the order. */
  readonly referenced?: (queue: number[], used: Set<number>) => void;
}[] = [
  { name: "fifo", make: (links) => new FifoPolicy(links), choose: fifo },
  {
    name: "clock",
    make: (links, harvest) => new ClockPolicy(links, harvest),
    choose: secondChance,
  },
  {
    name: "lru",
    make: (links, harvest) => new LruPolicy(links, harvest),
    choose: fifo,
    referenced: (queue, used) => {
      const renewed = queue.filter((pfn) => used.has(pfn));
      queue.splice(0, queue.length, ...queue.filter((pfn) => !used.has(pfn)), ...renewed);
      used.clear();
    },
  },
];

for (const { name, make, choose, referenced } of policies) {
  test(`${name} evicts what a naive ${name} evicts`, () => {
    fc.assert(
      fc.property(steps, (all) => {
        const used = new Set<number>();
        const usedInModel = new Set<number>();
        const policy = make(new FrameLinks(FRAMES), harvestOf(used));
        assert.equal(policy.name, name);
        const queue: number[] = [];
        const forget = (pfn: number): void => {
          queue.splice(queue.indexOf(pfn), 1);
          used.delete(pfn);
          usedInModel.delete(pfn);
        };
        for (const { kind, pfn } of all) {
          const isKnown = queue.includes(pfn);
          if (kind === "add" && !isKnown) {
            policy.add(pfn);
            queue.push(pfn);
          } else if (kind === "remove" && isKnown) {
            policy.remove(pfn);
            forget(pfn);
          } else if (kind === "use" && isKnown) {
            used.add(pfn);
            usedInModel.add(pfn);
          } else if (kind === "referenced") {
            policy.referenced();
            referenced?.(queue, usedInModel);
          } else if (kind === "evict" || kind === "keep") {
            const chosen = policy.choose();
            assert.equal(chosen, choose(queue, usedInModel));
            if (chosen < 0) continue;
            if (kind === "evict") {
              policy.remove(chosen);
              forget(chosen);
            } else {
              policy.keep(chosen);
              queue.push(...queue.splice(queue.indexOf(chosen), 1));
            }
          }
          assert.deepEqual([...policy.inOrder()], queue);
          assert.equal(policy.count, queue.length);
        }
      }),
    );
  });
}

/** Runs a reference string over `frames` frames; returns the faults. */
function run(
  references: readonly number[],
  frames: number,
  make: (links: FrameLinks, used: Set<number>, pages: readonly number[]) => ReclaimPolicy,
): number {
  const used = new Set<number>();
  /** By PFN. */
  const pages: number[] = new Array<number>(frames).fill(-1);
  const policy = make(new FrameLinks(frames), used, pages);
  let faults = 0;
  for (const page of references) {
    if (!pages.includes(page)) {
      faults++;
      let pfn = pages.indexOf(-1);
      if (pfn < 0) {
        pfn = policy.choose();
        policy.remove(pfn);
      }
      pages[pfn] = page;
      policy.add(pfn);
    }
    used.add(pages.indexOf(page));
    policy.referenced();
  }
  return faults;
}

const makers: Readonly<Record<string, Parameters<typeof run>[2]>> = {
  fifo: (links) => new FifoPolicy(links),
  lru: (links, used) => new LruPolicy(links, harvestOf(used)),
  clock: (links, used) => new ClockPolicy(links, harvestOf(used)),
};

function makeOpt(references: readonly number[]): Parameters<typeof run>[2] {
  return (links, _used, pages) => {
    const policy = new OptPolicy(links, (pfn) => pages[pfn] ?? -1);
    policy.foretell(references);
    return policy;
  };
}

interface Resident {
  readonly page: number;
  used: boolean;
}

/** Takes the page out that goes: the first, or for the clock the first that was not used since the hand passed. */
function evictFrom(resident: Resident[], isClock: boolean): void {
  for (;;) {
    const oldest = resident.shift();
    if (oldest === undefined || !isClock || !oldest.used) return;
    oldest.used = false;
    resident.push(oldest);
  }
}

function naiveFaults(policy: string, references: readonly number[], frames: number): number {
  /** The page that would go next is the first. */
  const resident: Resident[] = [];
  let faults = 0;
  for (const page of references) {
    const at = resident.findIndex((entry) => entry.page === page);
    const known = resident[at];
    if (known !== undefined) {
      known.used = true;
      if (policy === "lru") resident.push(...resident.splice(at, 1));
      continue;
    }
    faults++;
    if (resident.length === frames) evictFrom(resident, policy === "clock");
    resident.push({ page, used: true });
  }
  return faults;
}

test("on random reference strings FIFO, LRU and the clock fault as often as naive ones do", () => {
  const references = fc.array(fc.nat(6), { minLength: 1, maxLength: 60, size: "max" });
  fc.assert(
    fc.property(references, fc.integer({ min: 1, max: 5 }), (string, frames) => {
      for (const [name, make] of Object.entries(makers))
        assert.equal(run(string, frames, make), naiveFaults(name, string, frames), name);
    }),
  );
});

test("nobody does better than OPT, and OPT is what trying every choice finds", () => {
  const references = fc.array(fc.nat(4), { minLength: 1, maxLength: 14, size: "max" });
  fc.assert(
    fc.property(references, fc.integer({ min: 1, max: 3 }), (string, frames) => {
      const best = (at: number, resident: readonly number[]): number => {
        const page = string[at];
        if (page === undefined) return 0;
        if (resident.includes(page)) return best(at + 1, resident);
        if (resident.length < frames) return 1 + best(at + 1, [...resident, page]);
        const choices = resident.map((victim) => resident.filter((other) => other !== victim));
        return 1 + Math.min(...choices.map((left) => best(at + 1, [...left, page])));
      };
      const faults = run(string, frames, makeOpt(string));
      assert.equal(faults, best(0, []));
      for (const make of Object.values(makers)) assert.ok(faults <= run(string, frames, make));
    }),
    { numRuns: 60 },
  );
});

const BELADY = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
const SILBERSCHATZ = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

test("the textbooks' reference strings fault as the textbooks say", () => {
  const faults = (string: readonly number[], frames: number): number[] => [
    ...["fifo", "lru"].map((name) => run(string, frames, makers[name] ?? makeOpt([]))),
    run(string, frames, makeOpt(string)),
    run(string, frames, makers["clock"] ?? makeOpt([])),
  ];
  assert.deepEqual(faults(BELADY, 3), [9, 10, 7, 9]);
  assert.deepEqual(faults(BELADY, 4), [10, 8, 6, 10], "more frames, more faults: Belady's anomaly");
  assert.deepEqual(faults(SILBERSCHATZ, 3), [15, 12, 9, 14]);
  assert.deepEqual(faults(SILBERSCHATZ, 4), [10, 8, 8, 9]);
});

test("a page that OPT is not told of again is the first to go", () => {
  const pages = [10, 20, 30];
  const policy = new OptPolicy(new FrameLinks(3), (pfn) => pages[pfn] ?? -1);
  policy.foretell([10, 20, 30, 10, 20]);
  for (const pfn of [0, 1, 2]) {
    policy.add(pfn);
    policy.referenced();
  }
  assert.equal(policy.choose(), 2);
  policy.foretell([30, 30]);
  assert.equal(policy.choose(), 2, "still the farthest");
  policy.referenced();
  assert.equal(policy.choose(), 0, "page 10 is not needed any more");
});

/** How often one of 20 pages that are used all the time goes while 1500 others come that are used once; room is for 70. */
function lostInScan(make: (links: FrameLinks, harvest: HarvestAccess) => ReclaimPolicy): number {
  const used = new Set<number>();
  const policy = make(new FrameLinks(2000), harvestOf(used));
  const hot = Array.from({ length: 20 }, (_, index) => index);
  let lost = 0;
  for (const pfn of hot) policy.add(pfn);
  for (let next = hot.length; next < 2000; next++) {
    policy.add(next);
    used.add(next);
    while (policy.count > 70) {
      for (const each of hot) used.add(each);
      const chosen = policy.choose();
      policy.remove(chosen);
      if (!hot.includes(chosen)) continue;
      policy.add(chosen);
      // Until reclaim has looked at every page it cannot know.
      if (next >= 500) lost++;
    }
  }
  return lost;
}

test("two lists: pages that are used all the time survive a pass over much memory that is used once", () => {
  const lost = lostInScan((links, harvest) => new TwoListPolicy(links, harvest));
  // Each page that comes has been used once. When all that are there have, the one that is looked at first goes.
  assert.ok(lost < 40, `${lost} were lost`);
  const lostByFifo = lostInScan((links) => new FifoPolicy(links));
  assert.ok(lostByFifo > 10 * lost, `${lostByFifo} were lost by fifo, ${lost} by two lists`);
});

test("two lists: only as many active pages are demoted as make the lists equally long", () => {
  const used = new Set<number>();
  const policy = new TwoListPolicy(new FrameLinks(40), harvestOf(used));
  for (let pfn = 0; pfn < 30; pfn++) {
    policy.add(pfn);
    policy.keep(pfn);
  }
  assert.equal(policy.active, 30);
  assert.equal(policy.choose(), 0);
  assert.equal(policy.active, 15);
});

test("two lists: the first use found gives a page another round, the second promotes it", () => {
  const used = new Set<number>();
  const policy = new TwoListPolicy(new FrameLinks(4), harvestOf(used));
  for (const pfn of [0, 1, 2, 3]) policy.add(pfn);
  used.add(0);
  assert.equal(policy.choose(), 1, "page 0 has another round");
  assert.equal(policy.active, 0);
  assert.deepEqual([...policy.inOrder()], [1, 2, 3, 0]);
  for (const pfn of [1, 2, 3]) policy.remove(pfn);
  used.add(0);
  policy.add(1);
  assert.equal(policy.choose(), 1);
  assert.equal(policy.active, 1, "page 0 is active");
  policy.remove(1);
  assert.equal(policy.choose(), 0, "when nothing else is there active pages go");
});

test("two lists: whatever is used and kept, every page is reached", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const used = new Set<number>();
      const policy = new TwoListPolicy(new FrameLinks(FRAMES), harvestOf(used));
      const known = new Set<number>();
      for (const { kind, pfn } of all) {
        if (kind === "add" && !known.has(pfn)) {
          policy.add(pfn);
          known.add(pfn);
        } else if ((kind === "remove" || kind === "evict") && known.has(pfn)) {
          const gone = kind === "remove" ? pfn : policy.choose();
          policy.remove(gone);
          known.delete(gone);
          used.delete(gone);
        } else if (kind === "use" && known.has(pfn)) {
          used.add(pfn);
        } else if (kind === "keep" && known.size > 0) {
          policy.keep(policy.choose());
        }
        assert.equal(policy.count, known.size);
        assert.ok(policy.active <= policy.count);
        assert.deepEqual(new Set(policy.inOrder()), known);
      }
      // Two rounds are what reclaim tries before it gives up.
      const reached = new Set<number>();
      for (let left = 2 * policy.count; left > 0; left--) {
        const chosen = policy.choose();
        reached.add(chosen);
        policy.keep(chosen);
      }
      assert.deepEqual(reached, known);
    }),
  );
});

test("an empty policy has nothing to choose", () => {
  const links = new FrameLinks(4);
  const none: HarvestAccess = () => false;
  for (const policy of [
    new FifoPolicy(links),
    new ClockPolicy(links, none),
    new LruPolicy(links, none),
    new OptPolicy(links, () => 0),
    new TwoListPolicy(links, none),
  ]) {
    assert.equal(policy.choose(), -1, policy.name);
    policy.add(2);
    assert.equal(policy.choose(), 2);
    policy.remove(2);
    assert.equal(policy.choose(), -1);
  }
});
