// Reference strings on real memory: the pages really go to the tests' store and really come back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EAGAIN, EINVAL, ENOMEM } from "../../abi/errno.ts";
import { MAP_ANONYMOUS, MAP_FIXED, MAP_SHARED, PROT_READ, PROT_WRITE } from "../../abi/mman.ts";
import type { AddressSpace } from "../address-space.ts";
import { anonymous } from "../fixture.ts";
import { limitCommand, limitText } from "./frame-limit.ts";
import { type SwapMachine, swapMachine } from "../swap/fixture.ts";

const BASE = 0x10000000;
const BELADY = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
const SILBERSCHATZ = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

function limited(m: SwapMachine, frames: number, policy: string, pages = 8): AddressSpace {
  const space = m.space();
  anonymous(space, BASE, pages);
  assert.equal(limitCommand(space, `limit ${BASE} ${pages * 4096} ${frames} ${policy}`), 0);
  return space;
}

/** Makes the references one by one, each a store or a load; returns the faults. */
async function run(
  policy: string,
  frames: number,
  references: readonly number[],
  stores: "first" | "all",
): Promise<number> {
  const m = swapMachine({ frames: 256 });
  const space = limited(m, frames, policy);
  const limit = space.limit ?? assert.fail("no limit");
  if (policy === "opt") assert.equal(limitCommand(space, `future ${references.join(" ")}`), 0);
  const values = new Map<number, number>();
  for (const [time, page] of references.entries()) {
    const va = BASE + page * 4096;
    const known = values.get(page);
    if (known === undefined || stores === "all") {
      if (known !== undefined) assert.equal(await m.load(space, va), known);
      assert.equal(await m.save(space, va, time + 1), 0);
      values.set(page, time + 1);
    } else {
      assert.equal(await m.load(space, va), known);
    }
    assert.equal(limitCommand(space, "reference"), 0);
    assert.ok(limit.policy.count <= frames, "no more frames than are allowed");
    m.check();
  }
  assert.equal(limit.evictions, limit.faults - limit.policy.count);
  assert.match(limitText(space), new RegExp(`policy ${policy}\nframes ${frames}\n`));
  space.release();
  m.check();
  return limit.faults;
}

for (const stores of ["first", "all"] as const) {
  test(`the textbooks' reference strings fault as the textbooks say, with a store at ${stores} references`, async () => {
    const faults = async (references: readonly number[], frames: number): Promise<number[]> => {
      const each: number[] = [];
      for (const policy of ["fifo", "lru", "opt", "clock"])
        each.push(await run(policy, frames, references, stores));
      return each;
    };
    assert.deepEqual(await faults(BELADY, 3), [9, 10, 7, 9]);
    assert.deepEqual(await faults(BELADY, 4), [10, 8, 6, 10]);
    assert.deepEqual(await faults(SILBERSCHATZ, 3), [15, 12, 9, 14]);
    assert.deepEqual(await faults(SILBERSCHATZ, 4), [10, 8, 8, 9]);
  });
}

test("the machine's own reclaim leaves the frames of a limit alone", async () => {
  const m = swapMachine({ frames: 256 });
  const space = limited(m, 4, "fifo");
  for (let page = 0; page < 4; page++) await m.save(space, BASE + page * 4096, page + 1);
  await m.evict(100);
  assert.equal(space.rssAnon, 4);
  assert.equal(space.swapped, 0);
  assert.equal(limitCommand(space, "off"), 0);
  await m.evict(100);
  assert.equal(space.rssAnon, 0);
  m.check();
});

test("pages that are there when the limit comes count from then on", async () => {
  const m = swapMachine({ frames: 256 });
  const space = m.space();
  anonymous(space, BASE, 8);
  for (let page = 0; page < 6; page++) await m.save(space, BASE + page * 4096, page + 1);
  assert.equal(limitCommand(space, `limit ${BASE} ${8 * 4096} 3 fifo`), 0);
  assert.equal(space.limit?.policy.count, 6, "nobody is evicted before a page comes");
  await m.save(space, BASE + 6 * 4096, 7);
  assert.equal(space.limit?.policy.count, 3);
  for (let page = 0; page < 7; page++)
    assert.equal(await m.load(space, BASE + page * 4096), page + 1);
  m.check();
});

test("a page of a shared frame that is copied at a write counts, without a fault", async () => {
  const m = swapMachine({ frames: 256 });
  const space = limited(m, 4, "fifo");
  const limit = space.limit ?? assert.fail("no limit");
  for (let page = 0; page < 2; page++) await m.save(space, BASE + page * 4096, page + 1);
  const child = await m.fork(space, 9);
  assert.equal(await m.save(space, BASE, 77), 0);
  assert.equal(m.mm.lru.policyOf(space.pageEntry(BASE) >>> 10), limit.index);
  assert.equal(limit.faults, 2);
  assert.equal(await m.load(child, BASE), 1);
  child.release();
  m.check();
});

test("a page that is not written yet must be waited for, so that there are never more frames than allowed", async () => {
  const m = swapMachine({ frames: 256 });
  const space = limited(m, 1, "fifo");
  m.store.delay = async () => {
    for (let hops = 0; hops < 20; hops++) await Promise.resolve();
  };
  for (let turn = 0; turn < 6; turn++) {
    const page = turn % 2;
    await m.save(space, BASE + page * 4096, turn + 1);
    assert.equal(space.rssAnon, 1);
    m.check();
  }
  assert.equal(space.limit?.faults, 6);
});

test("commands that make no sense are refused and change nothing", () => {
  const m = swapMachine({ frames: 256 });
  const space = m.space();
  anonymous(space, BASE, 8);
  const shared = { addr: BASE * 2, length: 4096, prot: PROT_READ | PROT_WRITE };
  space.map({ ...shared, flags: MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED });
  assert.equal(limitCommand(space, "reference"), -EAGAIN);
  assert.equal(limitCommand(space, "future 1 2"), -EAGAIN);
  assert.equal(limitCommand(space, "off"), 0);
  for (const line of [
    "limit",
    `limit ${BASE} 4096 1`,
    `limit ${BASE} 4096 1 random`,
    `limit ${BASE} 4096 0 fifo`,
    `limit ${BASE} 0 1 fifo`,
    `limit ${BASE + 1} 4096 1 fifo`,
    `limit -4096 4096 1 fifo`,
    `limit ${BASE} 4096 x fifo`,
    `limit ${BASE} 4096 1 fifo more`,
    `limit ${BASE} 1e300 1 fifo`,
  ]) {
    assert.equal(limitCommand(space, line), -EINVAL, line);
  }
  assert.equal(limitCommand(space, `limit ${BASE} ${9 * 4096} 1 fifo`), -ENOMEM, "a hole");
  assert.equal(limitCommand(space, `limit ${BASE * 2} 4096 1 fifo`), -ENOMEM, "shared memory");
  assert.equal(limitCommand(space, `limit ${BASE} 4096 33 fifo`), -ENOMEM, "too much of RAM");
  assert.equal(space.limit, null);
  assert.equal(limitText(space), "policy none\n");

  assert.equal(limitCommand(space, `limit ${BASE} 4096 32 fifo`), 0);
  assert.equal(limitCommand(space, "future 1"), -EINVAL, "FIFO does not want to know");
  assert.equal(limitCommand(space, "dance"), -EINVAL);
  assert.equal(limitCommand(space, `limit ${BASE} 8192 32 opt`), 0, "in place of the first");
  assert.equal(limitCommand(space, "future 1 x"), -EINVAL);
  assert.equal(limitCommand(space, "future 1 0"), 0);
  const other = m.space();
  anonymous(other, BASE, 1);
  assert.equal(limitCommand(other, `limit ${BASE} 4096 1 fifo`), -ENOMEM, "all held back");
  m.mm.swap.on = false;
  assert.equal(limitCommand(space, "off"), 0);
  assert.equal(limitCommand(space, `limit ${BASE} 4096 1 fifo`), -ENOMEM, "nothing could go");
});
