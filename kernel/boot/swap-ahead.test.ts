// What is read before it is wanted, seen from the store.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAccounting } from "../mm/accounting.ts";
import { createTestSwapStore } from "../mm/swap/test-store.ts";
import { HostOutput } from "./kernel-tasks.ts";
import { createTestMachine } from "./node/test-machine.ts";

interface Reads {
  /** Reads of clusters, and clusters that were read. */
  readonly count: number;
  readonly clusters: number;
  /** Reads under way at a time, at the most. */
  readonly atOnce: number;
}

/** Runs `hog` with 12 MiB in a machine of 8; it fills them and then compares every byte. */
async function readsOf(words: readonly string[]): Promise<Reads> {
  const store = createTestSwapStore();
  const times = new Map<number, number>();
  let underWay = 0;
  let atOnce = 0;
  store.delay = async (operation, [key = 0]) => {
    if (operation !== "read") return;
    times.set(key, (times.get(key) ?? 0) + 1);
    atOnce = Math.max(atOnce, ++underWay);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    underWay--;
  };
  const machine = createTestMachine({ swapBytes: 32 << 20, store });
  void machine.start();
  let text = "";
  const output = (): HostOutput =>
    new HostOutput(machine.kernel, (bytes) => (text += Buffer.from(bytes).toString("latin1")));
  const status = await machine.runProgram(
    { path: "/bin/hog", argv: ["hog", ...words, "12m"] },
    { input: undefined, stdout: output(), stderr: output() },
  );
  assert.equal(status, 0, text);
  await machine.do(() => checkAccounting(machine.kernel.mm));
  await machine.shutdown();
  assert.deepEqual(store.violations, []);
  const count = [...times.values()].reduce((sum, value) => sum + value, 0);
  return { count, clusters: times.size, atOnce };
}

for (const [order, words] of [
  ["by address", []],
  ["in any order, twice the same", ["-r"]],
] as const) {
  test(`memory that is gone through ${order} comes back a cluster at a time, and two more meanwhile`, async () => {
    const { count, clusters, atOnce } = await readsOf(words);
    assert.ok(clusters >= 30, `${clusters} clusters were read`);
    // Until it is seen that the order is kept, only some pages of a cluster are.
    assert.ok(count <= clusters * 1.3, `${clusters} clusters were read in ${count} reads`);
    assert.ok(atOnce >= 2 && atOnce <= 3, `${atOnce} reads were under way at once`);
  });
}
