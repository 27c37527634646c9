// Storage that fails: a write that fails is tried again elsewhere, and while none succeeds pages stay where they are; a page
// that cannot be read is missed by those who need it, and by nobody else. The log and the terminal say what is wrong.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { swapError } from "../../kernel/mm/swap/cluster.ts";
import type { TestSwapStore } from "../../kernel/mm/swap/test-store.ts";
import { manners, testMachine, type TestMachine } from "./test-machine.ts";

const RAM = 8 << 20;
const SWAP = 64 << 20;

/** Storage is well again, and has rested: the machine works as before. */
async function expectGood(m: TestMachine): Promise<void> {
  const { stdout, code } = await m.run("sleep 6; hog 12m");
  assert.equal(code, 0, stdout);
  assert.match(stdout, /hog: 12m intact\n$/);
  await m.settled();
  await m.checkSound();
  const { swap } = await m.client.status();
  assert.equal(m.store.clusters.size, swap.clusters);
}

/** Lets one in so many writes fail, but never the next try of one that has failed. Gives what it has failed with. */
function failOnce(store: TestSwapStore, oneIn: number): ReadonlySet<string> {
  const failed = new Set<string>();
  const write = store.write.bind(store);
  let writes = 0;
  store.write = (key, pages, folds) => {
    // What is tried again begins with the same page.
    const first = Buffer.from(pages.subarray(0, 4096)).toString("latin1");
    if (++writes % oneIn !== 0 || failed.has(first)) return write(key, pages, folds);
    failed.add(first);
    return Promise.reject(swapError("AbortError", "for once"));
  };
  return failed;
}

/** Whether the store holds nothing in a cluster but pages of hogs, whose words are all as far from one another. */
function belongsToHogs(cluster: Uint8Array): boolean {
  const words = new BigUint64Array(cluster.slice().buffer);
  return words.every((word, at) => {
    const next = at % 512 === 511 ? at - 1 : at + 1;
    const first = at - (at % 512);
    const step = (words[first + 1] ?? 0n) - (words[first] ?? 0n);
    const distance = (words[next] ?? 0n) - word;
    return BigInt.asUintN(64, next > at ? distance - step : distance + step) === 0n;
  });
}

for (const [manner, options] of manners.slice(1)) {
  const boot = (t: TestContext): Promise<TestMachine> =>
    testMachine(t, { ...options, ram: RAM, swap: SWAP });

  test(`writes that fail now and then are made up for ${manner}`, async (t) => {
    const m = await boot(t);
    const failed = failOnce(m.store, 4);
    const { stdout, code } = await m.run("sums 3 12m 1");
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^sums: 12m intact$/m);
    assert.ok(failed.size > 10, String(failed.size));
    assert.match(m.log(), /^swap: cluster \d+ could not be written \(for once\); trying another$/m);
    assert.equal((await m.client.status()).swap.trouble, null);
    await expectGood(m);
  });

  for (const [name, complaint] of [
    ["AbortError", /swap: pages cannot be written \(out of luck\); they stay in memory/],
    ["QuotaExceededError", /swap: the browser or disk gives no more room than \d+ MiB/],
  ] as const) {
    test(`when all writes end with ${name}, who wants more than RAM is killed and others go on ${manner}`, async (t) => {
      const m = await boot(t);
      let writes = 0;
      m.store.failWrites = () => (++writes > 8 ? swapError(name, "out of luck") : undefined);
      const { stdout } = await m.run(
        "sums 2 2m 2 & sums=$!; hog 24m >/dev/null; echo $?; wait $sums; echo $?",
      );
      assert.match(stdout, /^137\n[^]*\nsums: 2m intact\n0\n$/);
      assert.match(m.log(), complaint);
      await m.shows(complaint);
      assert.match((await m.run("dmesg")).stdout, complaint);
      assert.match((await m.client.status()).swap.trouble ?? "", /./);
      await m.checkSound();
      m.store.failWrites = undefined;
      await expectGood(m);
      assert.equal((await m.client.status()).swap.trouble, null);
    });
  }

  test(`a page that cannot be read is a bus error for who needs it, and for nobody else ${manner}`, async (t) => {
    const m = await boot(t);
    let failed = 0;
    m.store.failReads = (key) => {
      if (!belongsToHogs(m.store.clusters.get(key) ?? new Uint8Array())) return undefined;
      failed++;
      return swapError("DataError", "gone");
    };
    const { stdout, stderr, code } = await m.run(
      "sums 2 2m 1 & sums=$!; hog 24m >/dev/null; echo $?; wait $sums",
    );
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^135\n[^]*\nsums: 2m intact\n$/);
    assert.match(stderr, /Bus error/);
    // One that somebody waits for is tried three times, one that is read ahead once.
    assert.ok(failed >= 3, String(failed));
    const complaint =
      /swap: cluster \d+ cannot be read \(gone\); who needs a page of it gets SIGBUS/;
    assert.match(m.log(), complaint);
    await m.shows(complaint);
    m.store.failReads = undefined;
    await expectGood(m);
  });

  test(`a page of a file that cannot be read is EIO ${manner}`, async (t) => {
    const m = await boot(t);
    const made = await m.run(
      "yes | head -c 3000000 >/tmp/file; head -c 9000 /tmp/file >/tmp/start; hog 16m",
    );
    assert.match(made.stdout, /intact\n$/);
    await m.settled();
    const lines = new TextEncoder().encode("y\ny\n");
    m.store.failReads = (key) => {
      const cluster = m.store.clusters.get(key) ?? new Uint8Array();
      const isFiles = cluster.every((byte, at) => byte === lines[at % 2]);
      return isFiles ? swapError("DataError", "gone") : undefined;
    };
    const { stdout, stderr } = await m.run("cat /tmp/file >/dev/null; echo $?");
    assert.equal(stdout, "1\n");
    assert.match(stderr, /cat: [^\n]*: Input\/output error/);
    // What is lost stays lost, also when storage works again; what is written anew is there.
    m.store.failReads = undefined;
    assert.equal((await m.run("cat /tmp/file >/dev/null; echo $?")).stdout, "1\n");
    const again = await m.run("yes | head -c 3000000 >/tmp/file; cat /tmp/file | wc -c");
    assert.equal(again.stdout, "3000000\n");
    await m.run("rm /tmp/*");
    await expectGood(m);
  });
}
