// Two runs of one seed give the same events, byte for byte: forks, pipes, signals, sleeps, floods, faults and all, and
// swapping too, whatever storage does in which time. With another seed they differ, or the comparison would prove nothing.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { openSwapFile } from "../../kernel/boot/node/swap-file.ts";
import { storeWhenOpen } from "../../kernel/boot/swap-store-opening.ts";
import type { SwapStore } from "../../kernel/mm/swap/store.ts";
import { createTestSwapStore } from "../../kernel/mm/swap/test-store.ts";
import { testMachine, type TestOptions } from "./test-machine.ts";

/** What machines do that could come in another order. */
const lessons: Readonly<Record<string, string>> = {
  demos: "apart & shared & cow; wait",
  pipes: "yes | head -n 3000 | tee /tmp/x | wc; seq 1 500 | sort | uniq | tail -n 1",
  signals:
    "trap 'echo usr' USR1; (sleep 0.05; kill -USR1 $$; sleep 0.05; kill -USR1 $$) & sleep 0.2; wait; spin & sleep 0.01; kill $!; wait $!",
  race: "for i in 1 2 3 4 5 6; do (sleep 0.0$i; echo $i; spin & kill -9 $!) & done; wait",
  flood: "yes | head -n 20000 | tail -n 1; cat /bin/sh | wc -c",
  randomness:
    "head -c 16 /dev/urandom | hexdump; echo $RANDOM; cat /proc/uptime /proc/stat /proc/meminfo; date; ls -l /tmp /proc/self",
};

/** What swaps, on a machine of two mebibytes: memory in order and in any order, forks, files, all at once. */
const swapping: Readonly<Record<string, string>> = {
  order: "hog 3m",
  "any order": "hog -r 3m",
  forks: "sums 3 1200k 0; sums 2 2500k 0",
  files:
    "yes | head -c 700000 >/tmp/a; cp /tmp/a /tmp/b; hog 2m | tail -n 1; cmp /tmp/a /tmp/b && rm /tmp/?",
  together: "hog 2500k & hog -r 3m & (cow 20; apart 1); wait; cat /proc/vmstat /proc/meminfo",
};

async function eventsOf(
  t: TestContext,
  seed: number,
  commands = lessons,
  options: TestOptions = {},
): Promise<string[]> {
  const m = await testMachine(t, { ram: 8 << 20, ...options, seed });
  // The prompt has been printed; the shell sleeps.
  const { next } = await m.client.events(0);
  const told: string[] = [];
  let since = next;
  for (const [name, command] of Object.entries(commands)) {
    const { stdout, stderr, code } = await m.run(command);
    const batch = await m.client.events(since);
    assert.equal(batch.lost, false);
    assert.ok(batch.events.length > 100, name);
    since = batch.next;
    told.push(
      `${name}: ${code}\n${stdout}${stderr}\n${batch.events.map((event) => JSON.stringify(event)).join("\n")}`,
    );
  }
  await m.checkSound();
  return told;
}

function expectSame(once: readonly string[], again: readonly string[]): void {
  once.forEach((text, index) => {
    const lines = text.split("\n");
    const others = (again[index] ?? "").split("\n");
    const at = lines.findIndex((line, number) => line !== others[number]);
    assert.equal(at, -1, `${lines.slice(at - 3, at + 1).join("\n")}\nagainst\n${others[at]}`);
    assert.equal(lines.length, others.length);
  });
}

test("the same seed gives the same events and the same output", async (t) => {
  expectSame(await eventsOf(t, 7), await eventsOf(t, 7));
});

/** A store whose answers, but for its end, come when `delay` is over. */
function late(delay: () => Promise<void>): SwapStore {
  const store = createTestSwapStore();
  store.delay = (operation) => (operation === "close" ? Promise.resolve() : delay());
  return store;
}

/** A store that answers in bursts, the last request of each first. */
function inBursts(t: TestContext): SwapStore {
  const waiting: (() => void)[] = [];
  const timer = setInterval(() => {
    for (const answer of waiting.splice(0).toReversed()) answer();
  }, 5);
  t.after(() => clearInterval(timer));
  return late(() => new Promise((resolve) => waiting.push(resolve)));
}

const stores: readonly (readonly [
  what: string,
  make: (t: TestContext) => SwapStore | Promise<SwapStore>,
])[] = [
  ["a file", () => openSwapFile()],
  ["a store that takes its time", () => late(() => sleep(3))],
  ["a store that answers in bursts", inBursts],
  [
    "a store that is long in coming",
    () => storeWhenOpen(sleep(500).then(() => createTestSwapStore())),
  ],
];

test("swapping is the same with the same seed, whatever the store and its pace", async (t) => {
  const size = { ram: 2 << 20, swap: 16 << 20 };
  const once = await eventsOf(t, 7, swapping, size);
  for (const kind of ["evict", "swap-write", "swap-read", "swap-in"])
    for (const text of once) assert.ok(text.includes(`"kind":"${kind}"`), text.slice(0, 500));
  for (const text of once) assert.doesNotMatch(text, /"failed":1|wrong|Killed/);
  expectSame(once, await eventsOf(t, 7, swapping, size));
  for (const [what, make] of stores) {
    await t.test(what, async (inner) => {
      const store = await make(inner);
      expectSame(once, await eventsOf(inner, 7, swapping, { ...size, store }));
    });
  }
});

test("another seed gives others", async (t) => {
  const one = await eventsOf(t, 7);
  const other = await eventsOf(t, 8);
  assert.notEqual(one.at(-1), other.at(-1));
});
