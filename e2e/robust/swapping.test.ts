// More memory than there is RAM: what went out comes back as it was, whatever else happens to the machine meanwhile, and
// of what is gone nothing is left, neither in RAM nor in the store.

import assert from "node:assert/strict";
import { test } from "node:test";

import { manners, testMachine, type TestMachine } from "./test-machine.ts";

const RAM = 8 << 20;
const SWAP = 64 << 20;

/** Nobody has swapped memory any more: what is left belongs to the shell on the terminal, and the store has no more. */
async function expectNothingLeft(m: TestMachine): Promise<void> {
  await m.settled();
  await m.checkSound();
  const { swap, processes } = await m.client.status();
  const held = processes.reduce((pages, { swapped }) => pages + swapped, 0);
  const { slot, kind } = m.machine.kernel.mm.frames;
  const cached = kind.filter((_, pfn) => (slot[pfn] ?? -1) >= 0).length;
  assert.ok(swap.used <= held + cached, JSON.stringify({ swap, held, cached }));
  assert.equal(m.store.clusters.size, swap.clusters);
  assert.deepEqual({ writing: swap.writing, reading: swap.reading }, { writing: 0, reading: 0 });
}

for (const [manner, options] of manners) {
  // A machine whose every slice is cut short takes its time.
  const size = options.squeezeSeed === undefined ? "24m" : "12m";

  test(`hog finds three times the RAM again ${manner}, in order and in any order`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    for (const order of ["", "-r"]) {
      const { stdout, code } = await m.run(`hog ${order} ${size}`);
      assert.equal(code, 0, stdout);
      assert.match(stdout, new RegExp(`hog: ${size} intact\n$`));
    }
    const { swap } = await m.client.status();
    assert.ok(swap.out > 2000 && swap.in > 50, JSON.stringify(swap));
    await expectNothingLeft(m);
  });

  test(`processes that fork and share find their memory intact ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    const { stdout, code } = await m.run(`sums 5 ${size} 1`);
    assert.equal(code, 0, stdout);
    assert.match(stdout, new RegExp(`^sums: ${size} intact$`, "m"));
    // In real time it depends on the host how far they get.
    if (options.seed !== undefined) assert.doesNotMatch(stdout, / 0 (compared|turns)/);
    await expectNothingLeft(m);
  });

  test(`the policy may change while pages come and go ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: RAM, swap: SWAP });
    const { stdout, stderr, code } = await m.run(
      `sums 4 ${size} 2 & for round in 1 2 3; do for policy in clock fifo two-list; do
         echo $policy > /proc/sys/vm/policy; cat /proc/sys/vm/policy; sleep 0.2
       done; done; echo lru > /proc/sys/vm/policy || echo refused; wait $!`,
    );
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`^sums: ${size} intact$`, "m"));
    const policies = stdout.match(/^(clock|fifo|two-list|refused)$/gm);
    const round = ["clock", "fifo", "two-list"];
    assert.deepEqual(policies, [...round, ...round, ...round, "refused"]);
    assert.equal((await m.client.status()).swap.policy, "two-list");
    await expectNothingLeft(m);
  });
}

test("ten processes find four times the RAM intact for a minute", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  const { stdout, code } = await m.run("sums 10 32m 60");
  assert.equal(code, 0, stdout);
  assert.equal(stdout.match(/^child \d: .*: intact$/gm)?.length, 10, stdout);
  assert.match(stdout, /^sums: 32m intact$/m);
  const { swap } = await m.client.status();
  // Everything has been out more than twice.
  assert.ok(swap.out > 2 * (32 << 8) && swap.in > 1000, JSON.stringify(swap));
  assert.equal(swap.trouble, null);
  await expectNothingLeft(m);
});

for (const [manner, options] of [...manners.slice(0, 1), ...manners.slice(-1)])
  test(`swap is switched off and on again while memory is in use ${manner}`, async (t) => {
    const m = await testMachine(t, { ...options, ram: 16 << 20, swap: SWAP });
    const rounds = 3;
    const { stdout, stderr, code } = await m.run(
      `sums 3 8m 4 & sums=$!
     for round in $(seq ${rounds}); do
       hog 24m | tail -n 1
       swapoff || exit 1
       grep SwapTotal /proc/meminfo; swapoff
       hog 24m >/dev/null; echo without $?
       swapon || exit 1
       swapon
     done
     wait $sums`,
    );
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^sums: 8m intact$/m);
    const round = "hog: 24m intact\nSwapTotal: +0 kB\nwithout 137\n";
    assert.match(
      stdout.replaceAll(/^(child|sums).*\n/gm, ""),
      new RegExp(`^(${round}){${rounds}}$`),
    );
    assert.equal(stderr.match(/\(it is not in use\)$/gm)?.length, rounds, stderr);
    assert.equal(stderr.match(/\(it is in use already\)$/gm)?.length, rounds, stderr);
    await expectNothingLeft(m);
  });

test("swap is not switched off while what is there does not fit into RAM", async (t) => {
  const m = await testMachine(t, { ram: RAM, swap: SWAP });
  const { stdout, stderr } = await m.run(
    `hog -k 1000 24m >/tmp/said 2>&1 & until grep -q intact /tmp/said; do sleep 0.1; done
     swapoff; echo $?; kill $!; wait $!; swapoff; echo $?; hog 24m; echo $?`,
  );
  assert.equal(stdout, "1\n0\n137\n");
  assert.match(stderr, /what is swapped out does not fit into memory/);
  await expectNothingLeft(m);
  assert.equal(m.store.clusters.size, 0);
});
